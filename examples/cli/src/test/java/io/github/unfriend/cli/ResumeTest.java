/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static io.github.unfriend.cli.Cli.against;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --resume}: what is sent again and what is not, also when accounts stand in the input several times. */
@Tag("promise-1")
@Timeout(120)
class ResumeTest {

    private final Sandbox sandbox = Sandbox.start();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void noViolations() {
        sandbox.close();
        assertThat(sandbox.score().violations()).isEmpty();
    }

    private static String friends(int count) {
        return String.join(
                "\n",
                IntStream.range(0, count)
                        .mapToObj(i -> String.format("friend-%05d", i))
                        .toList());
    }

    private String[] command(String input, Path output) throws IOException {
        return against(
                sandbox,
                "delete",
                "--from",
                "owner-00000",
                "--input",
                Files.writeString(folder.resolve("friends.txt"), input).toString(),
                "--max-attempts",
                "1",
                "--resume",
                "--output",
                output.toString());
    }

    @Test
    void resumeSendsAgainWhatIsNotDoneAndNothingElse() throws IOException {
        sandbox.friends().generate(1, 2000);
        sandbox.misbehave(FaultPlan.none().withAccount(id -> id.endsWith("3"), 30006));
        Path output = folder.resolve("out.ndjson");
        String[] command = command(friends(2000) + "\n" + friends(500), output);
        assertThat(new Cli().run(command).code()).isEqualTo(1);
        assertThat(Files.readAllLines(output)).hasSize(2000);
        Files.writeString(output, Files.readString(output) + "{\"from\":\"owner-00000\",\"to\":\"fri");
        sandbox.misbehave(FaultPlan.none());
        Cli.Result again = new Cli().run(command);
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Files.readAllLines(output)).hasSize(2200);
        assertThat(Files.readAllLines(output).stream().filter(line -> line.contains("\"deleted\"")))
                .hasSize(2000)
                .doesNotHaveDuplicates();
        long calls = sandbox.score().calls();
        Cli.Result nothingLeft = new Cli().run(command);
        assertThat(nothingLeft.code()).isZero();
        assertThat(sandbox.score().calls()).isEqualTo(calls);
        assertThat(Files.readAllLines(output)).hasSize(2200);
    }

    /** Each distinct account has one line from each run that sent it, however often it stands in the input. */
    @Test
    void anAccountGivenTwiceHasOneLineAlsoWhenTheRunIsResumed() throws IOException {
        sandbox.friends().generate(1, 3);
        sandbox.misbehave(FaultPlan.none().withAccount(id -> id.endsWith("2"), 30006));
        Path output = folder.resolve("out.ndjson");
        String[] command = command(friends(3) + "\n" + friends(3) + "\n" + friends(3), output);
        Cli.Result first = new Cli().run(command);
        assertThat(first.code()).as(first.err()).isEqualTo(1);
        assertThat(first.err()).contains("Answered: 3 accounts", "6  skipped      given more than once");
        assertThat(Files.readAllLines(output)).hasSize(3).doesNotHaveDuplicates();

        sandbox.misbehave(FaultPlan.none());
        Cli.Result second = new Cli().run(command);
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err())
                .contains("Resuming: 2 accounts are done already", "Answered: 1 accounts")
                .contains("2  skipped      done by an earlier run", "6  skipped      given more than once");
        assertThat(Files.readAllLines(output)).hasSize(4).last(STRING).contains("friend-00002", "\"deleted\"");
        assertThat(sandbox.score().accountsPerCall().accounts()).isEqualTo(4);

        Cli.Result dry = new Cli().run(with(command, "--dry-run"));
        assertThat(dry.out())
                .contains("0  accounts", "6  skipped    given more than once")
                .contains("3  skipped    done by an earlier run", "0  calls");
    }

    private static String[] with(String[] command, String more) {
        return Stream.concat(Arrays.stream(command), Stream.of(more)).toArray(String[]::new);
    }
}
