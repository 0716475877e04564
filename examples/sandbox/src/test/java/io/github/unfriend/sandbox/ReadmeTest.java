/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What README.md shows is what is compiled and run here. */
class ReadmeTest {

    @Test
    void theExampleRuns() {
        // [readme]
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.friends().befriend("alice", "bob");
            sandbox.misbehave(FaultPlan.script(call -> Fault.none().withItem("bob", 30003)));
            // calls to sandbox.uri(), signed with the constants of SandboxOptions
            System.out.println(sandbox.score().summary());
        }
        // [/readme]
    }

    @Test
    void theExampleIsTheOneThatIsCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/github/unfriend/sandbox/ReadmeTest.java"));
        String snippet = source.substring(source.indexOf("// [readme]") + 11, source.indexOf("// [/readme]"))
                .stripTrailing()
                .replaceFirst("^\\R", "")
                .stripIndent();
        assertThat(Files.readString(Path.of("README.md"))).contains(snippet);
    }
}
