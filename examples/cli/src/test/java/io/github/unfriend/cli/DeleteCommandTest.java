/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static io.github.unfriend.cli.Cli.against;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.LocalCode;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultKind;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DeleteCommandTest {

    private final Sandbox sandbox = Sandbox.start();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void noViolations() {
        sandbox.close();
        assertThat(sandbox.score().violations()).isEmpty();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static String friends(int count) {
        return String.join(
                "\n",
                IntStream.range(0, count)
                        .mapToObj(i -> String.format("friend-%05d", i))
                        .toList());
    }

    @Test
    void friendsOfOneAccountFromAFile() throws IOException {
        sandbox.friends().generate(1, 2500);
        String input = file("friends.txt", friends(2500));
        Cli.Result result = new Cli().run(against(sandbox, "delete", "--from", "owner-00000", "--input", input));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.lines())
                .hasSize(2500)
                .doesNotHaveDuplicates()
                .allMatch(
                        line -> line.matches(
                                "\\{\"from\":\"owner-00000\",\"to\":\"friend-\\d{5}\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}"));
        assertThat(sandbox.friends().total()).isZero();
        assertThat(sandbox.score().calls()).isEqualTo(3);
        assertThat(result.err()).contains("2,500  deleted", "with 3 calls");
    }

    @Test
    void pairsOfAnyAccountsFromAPipe() {
        sandbox.friends()
                .befriendBoth("alice", "bob")
                .befriendBoth("carol", "dave")
                .addAccount("erin");
        Cli.Result result = new Cli()
                .in("alice,bob\r\n\"carol\",\"dave\"\r\nalice,erin\r\nalice,bob\r\nalice," + "x".repeat(33) + "\r\n")
                .run(against(sandbox, "delete", "--pairs", "-", "--type", "both"));
        assertThat(result.code()).as(result.err()).isEqualTo(1);
        assertThat(result.lines())
                .hasSize(4)
                .contains(
                        "{\"from\":\"alice\",\"to\":\"bob\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}",
                        "{\"from\":\"carol\",\"to\":\"dave\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}")
                .anyMatch(line -> line.startsWith(
                        "{\"from\":\"alice\",\"to\":\"erin\",\"outcome\":\"not_friends\",\"code\":31704,"))
                .anyMatch(line ->
                        line.contains("xxx\",\"outcome\":\"failed\",\"code\":" + LocalCode.INVALID_USER_ID + ",")
                                && line.contains("33 bytes"));
        assertThat(sandbox.friends().total()).isZero();
        assertThat(result.err()).contains("given more than once", "local        the UserID is not valid");
    }

    @Test
    void theFailedLinesOfOneRunAreTheInputOfTheNext() {
        sandbox.friends().generate(2, 100);
        sandbox.misbehave(FaultPlan.none().withAccount(id -> id.endsWith("7"), 30006));
        String pairs = "owner-00000,friend-00007\nowner-00000,friend-00008\nowner-00001,friend-00017\n";
        Cli.Result first = new Cli().in(pairs).run(against(sandbox, "delete", "--pairs", "-", "--max-attempts", "2"));
        assertThat(first.code()).isEqualTo(1);
        List<String> failed = first.lines().stream()
                .filter(line -> line.contains("\"failed\""))
                .toList();
        assertThat(failed).hasSize(2);
        sandbox.misbehave(FaultPlan.none());
        Cli.Result second = new Cli().in(String.join("\n", failed)).run(against(sandbox, "delete", "--pairs", "-"));
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.lines()).hasSize(2).allMatch(line -> line.contains("\"deleted\""));
    }

    @Test
    void aFatalAnswerStopsTheRun() {
        sandbox.friends().generate(3, 10);
        Cli.Result result = new Cli()
                .variable(SecretKeyOptions.VARIABLE, "not-the-key-of-the-sandbox")
                .in("owner-00000,friend-00001\n")
                .run(against(sandbox, "delete", "--pairs", "-"));
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("70009", "secret key", "no result").doesNotContain("not-the-key");
        assertThat(sandbox.friends().total()).isEqualTo(30);
        sandbox.resetScore();
    }

    @Test
    void aProxyThatRefusesEveryCallStopsTheRun() {
        sandbox.friends().generate(3, 10);
        sandbox.misbehave(FaultPlan.script(call -> Fault.http(403)));
        Cli.Result result = new Cli().in("owner-00000,friend-00001\n").run(against(sandbox, "delete", "--pairs", "-"));
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.lines()).singleElement().asString().contains("failed", "403");
        assertThat(result.err()).contains("HTTP status 403", "127.0.0.1").doesNotContain("/v4/");
        assertThat(sandbox.friends().total()).isEqualTo(30);
    }

    @Tag("promise-1")
    @Test
    void anUnreadableAnswerEndsAsUnknown() {
        sandbox.friends().generate(1, 5);
        sandbox.misbehave(FaultPlan.seeded(1).with(FaultKind.RESET_AFTER, 1));
        Cli.Result result = new Cli()
                .in(friends(5))
                .run(against(sandbox, "delete", "--from", "owner-00000", "--input", "-", "--max-attempts", "1"));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.lines())
                .hasSize(5)
                .allMatch(line -> line.contains("\"outcome\":\"unknown\",\"code\":" + LocalCode.NO_ANSWER));
    }

    @Tag("promise-1")
    @Test
    void aMalformedLineOfAStreamEndsItButLosesNothing() {
        sandbox.friends().generate(1, 5);
        Cli.Result result = new Cli()
                .in("owner-00000,friend-00000\nowner-00000,friend-00001\nbad\nowner-00000,friend-00002\n")
                .run(against(sandbox, "delete", "--pairs", "-"));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("Line 3 of the standard input", "none behind it was sent");
        assertThat(result.lines()).hasSize(2);
        assertThat(sandbox.friends().total()).isEqualTo(3);
    }

    @Test
    void aMalformedLineOfAFileIsFoundBeforeAnythingIsSent() throws IOException {
        sandbox.friends().generate(1, 5);
        Path output = folder.resolve("out.ndjson");
        Cli.Result result = new Cli()
                .run(against(
                        sandbox,
                        "delete",
                        "--pairs",
                        file("pairs.csv", "owner-00000,friend-00000\nbad\n"),
                        "--output",
                        output.toString()));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("Line 2 of", "Nothing was sent");
        assertThat(sandbox.score().calls()).isZero();
        assertThat(output).doesNotExist();
    }

    @Test
    void aDryRunSendsNothingAndNeedsNoCredentials() throws IOException {
        String pairs = IntStream.range(0, 3000)
                .mapToObj(i -> "owner-" + i % 2 + ",friend-" + i / 2 + "\n")
                .reduce("", String::concat);
        Cli.Result result = new Cli()
                .variable(SecretKeyOptions.VARIABLE, null)
                .run(
                        "delete",
                        "--pairs",
                        file("pairs.csv", pairs + "owner-0,friend-0\n,x\n"),
                        "--dry-run",
                        "--rate",
                        "2");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("3,001  accounts")
                .contains("1  skipped")
                .contains("1  invalid")
                .contains("4  calls")
                .contains("at least 1 s");
        assertThat(sandbox.score().calls()).isZero();
    }

    @Test
    void theHintToSortComesWhenItHelps() throws IOException {
        StringBuilder pairs = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            for (int owner = 0; owner < 5000; owner++) {
                pairs.append("owner-").append(owner).append(",f").append(i).append('\n');
            }
        }
        Cli.Result result = new Cli().run("delete", "--pairs", file("pairs.csv", pairs.toString()), "--dry-run");
        assertThat(result.out())
                .contains("10,000  calls      needed")
                .contains("5,000  calls      would do if the input were sorted by From_Account");
    }

    @Test
    void outputAsUtf8() {
        sandbox.friends().befriend("åsa", "李");
        Cli.Result result = new Cli()
                .in(new java.io.ByteArrayInputStream("åsa,李\n".getBytes(StandardCharsets.UTF_8)))
                .run(against(sandbox, "delete", "--pairs", "-"));
        assertThat(result.lines())
                .containsExactly("{\"from\":\"åsa\",\"to\":\"李\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}");
    }

    @Tag("promise-6")
    @Test
    void theSandboxKeyIsNeverPrinted() {
        sandbox.friends().generate(1, 2);
        Cli.Result result =
                new Cli().in(friends(2)).run(against(sandbox, "delete", "--from", "owner-00000", "--input", "-"));
        assertThat(result.err() + result.out())
                .doesNotContain(SandboxOptions.SECRET_KEY)
                .doesNotContain("usersig");
    }

    /** Not at the end only: with many accounts that is hours away. */
    @Test
    void aServiceThatDoesNotAnswerIsNamedWhileItLasts() throws IOException {
        int closed;
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = port.getLocalPort();
        }
        String[] args = {
            "delete",
            "--from",
            "alice",
            "--input",
            "-",
            "--quiet",
            "--sdk-app-id",
            "1400000000",
            "--endpoint",
            "http://127.0.0.1:" + closed
        };
        Cli.Result result = new Cli().in("bob\n").run(args);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("\"code\":" + LocalCode.NOT_SENT);
        assertThat(result.err())
                .startsWith("No answer from 127.0.0.1:" + closed)
                .contains("Connection refused", "Calls are tried again.");
    }
}
