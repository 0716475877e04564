/* SPDX-License-Identifier: Apache-2.0 */
package readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What README shows is what is compiled. */
class ReadmeTest {

    @Test
    void theExampleIsTheOneThatIsCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/readme/Embed.java"));
        String snippet = source.substring(source.indexOf("// [readme]") + 11, source.indexOf("// [/readme]"))
                .stripTrailing()
                .replaceFirst("^\\R", "")
                .stripIndent();
        assertThat(Files.readString(Path.of("../README.md"))).contains(snippet);
    }
}
