/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.cli.progress.Progress;
import io.github.unfriend.cli.progress.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the surroundings of the command mean to it. */
class EnvTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A terminal of some width, for all three streams. */
    private record Wide(int columns) implements Terminal {
        @Override
        public boolean isTerminal(int stream) {
            return true;
        }

        @Override
        public @Nullable String readLine() {
            return null;
        }
    }

    private Env env(Terminal terminal, Map<String, String> variables) {
        return new Env(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                variables::get,
                terminal,
                new Interruption(code -> {}));
    }

    @Test
    void theWidthIsThatOfTheTerminal() {
        assertThat(env(new Wide(43), Map.of()).columns()).isEqualTo(43);
        assertThat(env(new Wide(43), Map.of("COLUMNS", "100")).columns()).isEqualTo(100);
        assertThat(env(new Wide(43), Map.of("COLUMNS", "wide")).columns()).isEqualTo(43);
        assertThat(env(new Wide(3), Map.of()).columns()).isEqualTo(20);
        assertThat(env(Terminal.none(), Map.of()).columns()).isEqualTo(80);
    }

    @Test
    void noColorLeavesTheBar() {
        assertThat(env(new Wide(80), Map.of("NO_COLOR", "1")).progressStyle(false, false))
                .isEqualTo(Progress.Style.BAR);
        assertThat(env(new Wide(80), Map.of("TERM", "dumb")).progressStyle(false, false))
                .isEqualTo(Progress.Style.LINES);
    }

    @Test
    void textOfOthersDoesNotSteerTheTerminal() {
        PrintStream err = env(Terminal.none(), Map.of()).escaping().err();
        err.println("a\u001b[2Jb\u009bc\u202ed\u2066e\rf\tg");
        err.printf("%s\n", "h\u0007");
        err.append("i\u001b").println((Object) "j\u007f");
        assertThat(bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"))
                .isEqualTo("a\\u001b[2Jb\\u009bc\\u202ed\\u2066e\\u000df\tg\nh\\u0007\ni\\u001bj\\u007f\n");
    }
}
