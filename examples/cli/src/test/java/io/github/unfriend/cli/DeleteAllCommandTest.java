/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static io.github.unfriend.cli.Cli.against;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.cli.progress.Terminal;
import io.github.unfriend.sandbox.Api;
import io.github.unfriend.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DeleteAllCommandTest {

    private final Sandbox sandbox = Sandbox.start();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void noViolations() {
        sandbox.close();
        assertThat(sandbox.score().violations()).isEmpty();
    }

    /** Somebody sits there and gives one answer. */
    private record Human(@Nullable String answer) implements Terminal {
        @Override
        public boolean isTerminal(int stream) {
            return stream == IN;
        }

        @Override
        public @Nullable String readLine() {
            return answer;
        }

        @Override
        public int columns() {
            return 0;
        }
    }

    private String accounts() throws IOException {
        return Files.writeString(folder.resolve("accounts.txt"), "owner-00000\n\nowner-00001\nowner-00000\nnobody\n")
                .toString();
    }

    @Test
    void deletesAllFriendsOfTheAccountsGiven() throws IOException {
        sandbox.friends().generate("owner-", 3, "friend-", 4, true);
        Cli.Result result =
                new Cli().run(against(sandbox, "delete-all", "--input", accounts(), "--type", "both", "--yes"));
        assertThat(result.code()).as(result.err()).isEqualTo(1);
        assertThat(result.lines())
                .hasSize(3)
                .contains(
                        "{\"from\":\"owner-00000\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}",
                        "{\"from\":\"owner-00001\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}")
                .anyMatch(line -> line.startsWith("{\"from\":\"nobody\",\"outcome\":\"failed\",\"code\":"));
        assertThat(sandbox.friends().total()).isEqualTo(8);
        assertThat(sandbox.score().calls(Api.FRIEND_DELETE_ALL)).isEqualTo(3);
    }

    @Test
    void resumes() throws IOException {
        sandbox.friends().generate(2, 4);
        Path output = folder.resolve("out.ndjson");
        String[] command = against(
                sandbox, "delete-all", "--input", accounts(), "--resume", "--yes", "--output", output.toString());
        assertThat(new Cli().run(command).code()).isEqualTo(1);
        sandbox.friends().addAccount("nobody");
        assertThat(new Cli().run(command).code()).isZero();
        List<String> lines = Files.readAllLines(output);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(3)).startsWith("{\"from\":\"nobody\",\"outcome\":\"deleted\"");
    }

    @Test
    void whereNobodyCanBeAskedNothingIsSentWithoutYes() throws IOException {
        sandbox.friends().generate(3, 4);
        Cli.Result result = new Cli().run(against(sandbox, "delete-all", "--input", accounts()));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--yes", "Nothing was sent.");
        assertThat(sandbox.score().calls()).isZero();
    }

    @Test
    void aHumanIsAskedFirst() throws IOException {
        sandbox.friends().generate(3, 4);
        for (String answer : new String[] {"n", "", null, "yesterday"}) {
            Cli.Result no =
                    new Cli().terminal(new Human(answer)).run(against(sandbox, "delete-all", "--input", accounts()));
            assertThat(no.code()).isEqualTo(2);
            assertThat(no.err()).contains("ALL friends of 4 accounts", "cannot be undone", "Nothing was sent.");
        }
        assertThat(sandbox.score().calls()).isZero();
        Cli.Result yes = new Cli().terminal(new Human("Y")).run(against(sandbox, "delete-all", "--input", accounts()));
        assertThat(yes.lines()).hasSize(3);
        assertThat(sandbox.friends().total()).isEqualTo(4);
    }

    @Test
    void yesIsAnAnswer() throws IOException {
        sandbox.friends().generate(3, 4);
        Cli.Result result =
                new Cli().terminal(new Human(null)).run(against(sandbox, "delete-all", "--yes", "--input", accounts()));
        assertThat(result.lines()).hasSize(3);
    }

    @Test
    void aDryRunCountsOneCallForEachAccount() throws IOException {
        Cli.Result result = new Cli().run("delete-all", "--dry-run", "--input", accounts(), "--rate", "1");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("3  calls", "at least 2 s");
    }
}
