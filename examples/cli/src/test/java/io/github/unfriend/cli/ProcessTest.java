/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static io.github.unfriend.cli.Cli.against;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.sandbox.Api;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own: pipes, signals, exit codes. */
@Timeout(120)
class ProcessTest {

    private final Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
            .latency(Duration.ofMillis(20), Duration.ofMillis(30))
            .build());
    /** As in the jar, which has no slf4j; the tests' own libraries bring one, and it complains. */
    private static final String CLASS_PATH = Arrays.stream(
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                            .split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("slf4j"))
            .collect(Collectors.joining(File.pathSeparator));

    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
        sandbox.close();
        assertThat(sandbox.score().violations()).isEmpty();
    }

    private Path err() {
        return folder.resolve("err-" + started.size());
    }

    private Process start(String... args) throws IOException {
        return start(List.of(), Map.of(), args);
    }

    private Process start(List<String> shell, Map<String, String> variables, String... args) throws IOException {
        List<String> command = new ArrayList<>(shell);
        if (isInterruptIgnored()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", // as the manifest of the jar says; newer JVMs warn without it
                "-cp",
                CLASS_PATH,
                Main.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err().toFile());
        builder.environment().put(SecretKeyOptions.VARIABLE, SandboxOptions.SECRET_KEY);
        builder.environment().putAll(variables);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** As in a background job of a shell; every child would ignore it, too. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .mapToLong(
                                line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .anyMatch(ignored -> (ignored & 1L << 1) != 0);
    }

    private Path pairs(int owners, int friends) throws IOException {
        sandbox.friends().generate(owners, friends);
        return Files.write(
                folder.resolve("pairs.csv"),
                IntStream.range(0, owners * friends)
                        .mapToObj(i -> String.format("owner-%05d,friend-%05d", i / friends, i % friends))
                        .toList());
    }

    /** As long as the process lives, and the time of the test allows. */
    private void waitForCalls(Process process, long calls) throws InterruptedException {
        while (sandbox.score().answered() < calls && process.isAlive()) {
            process.waitFor(2, TimeUnit.MILLISECONDS);
        }
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Test
    void anArgumentThatTheLocaleCannotExpressIsRefused() throws Exception {
        List<String> withAnotherLetter = List.of("sh", "-c", "exec \"$@\" --from \"$(printf 'zo\\303\\253')\"", "sh");
        Process process = start(withAnotherLetter, Map.of("LC_ALL", "C"), against(sandbox, "delete", "--input", "-"));
        process.getOutputStream().close();
        assertThat(process.waitFor()).isEqualTo(ExitCodes.USAGE);
        assertThat(Files.readString(folder.resolve("err-0")))
                .contains("LC_ALL=C)", "Set LC_ALL=C.UTF-8", "Nothing was sent");
        assertThat(sandbox.score().calls()).isZero();
    }

    @Test
    void aPipeInAndAPipeOut() throws Exception {
        sandbox.friends().generate(2, 1000);
        Process process = start(against(sandbox, "delete", "--pairs", "-"));
        Writer in = process.outputWriter(StandardCharsets.UTF_8);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            in.write("owner-00000,friend-00001\n");
            in.flush();
            // The answer comes while the input is still open.
            assertThat(out.readLine())
                    .isEqualTo(
                            "{\"from\":\"owner-00000\",\"to\":\"friend-00001\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}");
            in.write("owner-00001,friend-00001\n");
            in.close();
            assertThat(out.readLine()).contains("owner-00001");
            assertThat(out.readLine()).isNull();
        }
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(folder.resolve("err-0"))).doesNotContain("\r", "WARN", "\u001b");
    }

    @Test
    void wrongUsageEndsWithTwo() throws Exception {
        Process process = start("delete", "--pairs", folder.resolve("none").toString());
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void aFatalAnswerEndsWithThree() throws Exception {
        Path input = pairs(1, 10);
        Process process = start(against(sandbox, "delete", "--pairs", input.toString(), "--admin", "somebody"));
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(sandbox.friends().total()).isEqualTo(10);
        sandbox.resetScore();
    }

    @Test
    void ctrlCFinishesWhatIsUnderWay() throws Exception {
        interrupted("INT");
    }

    @Test
    void soDoesTerm() throws Exception {
        interrupted("TERM");
    }

    private void interrupted(String signal) throws Exception {
        Path input = pairs(100, 100);
        Path output = folder.resolve("out.ndjson");
        Process process = start(
                against(sandbox, "delete", "--pairs", input.toString(), "--output", output.toString(), "--rate", "20"));
        waitForCalls(process, 10);
        signal(signal, process);
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("err-0")))
                .isEqualTo(130);
        List<String> lines = Files.readAllLines(output);
        assertThat(Files.readString(output)).endsWith("}\n");
        // Every friendship that is gone has its line.
        assertThat(lines).hasSize((int) (100 * 100 - sandbox.friends().total())).doesNotHaveDuplicates();
        assertThat(sandbox.friends().total()).isPositive();
        assertThat(Files.readString(folder.resolve("err-0"))).contains("--resume");
        assertThat(start(against(
                                sandbox,
                                "delete",
                                "--resume",
                                "--pairs",
                                input.toString(),
                                "--output",
                                output.toString()))
                        .waitFor())
                .isZero();
        assertThat(Files.readAllLines(output)).hasSize(100 * 100).doesNotHaveDuplicates();
        assertThat(sandbox.friends().total()).isZero();
    }

    @Tag("promise-1")
    @Test
    void killedAgainAndAgainItStillEndsWithOneLineForEachAccount() throws Exception {
        Path input = pairs(60, 500);
        Path output = folder.resolve("out.ndjson");
        String[] command = against(
                sandbox,
                "delete",
                "--resume",
                "--pairs",
                input.toString(),
                "--output",
                output.toString(),
                "--rate",
                "50",
                "--concurrency",
                "2");
        for (int kill = 1; kill <= 3; kill++) {
            long before = sandbox.score().answered();
            Process process = start(command);
            waitForCalls(process, before + 8);
            signal("KILL", process);
            assertThat(process.waitFor()).isEqualTo(137);
        }
        assertThat(start(command).waitFor()).isZero();
        assertThat(sandbox.friends().total()).isZero();
        Set<String> accounts = new HashSet<>();
        for (String line : Files.readAllLines(output)) {
            assertThat(line).containsPattern("\"outcome\":\"(deleted|not_friends)\"");
            assertThat(accounts.add(line.substring(0, line.indexOf(",\"outcome\""))))
                    .as(line)
                    .isTrue();
        }
        assertThat(accounts).hasSize(60 * 500);
        // With each kill: the two calls under way, and what few answers were on their way to the file.
        assertThat(sandbox.score().accountsPerCall().accounts() - 60 * 500)
                .as("accounts that were sent twice")
                .isLessThanOrEqualTo(3 * 6 * 500);
    }

    @Test
    void aClosedPipeEndsTheRun() throws Exception {
        Path input = pairs(100, 1000);
        Process process = start(against(sandbox, "delete", "--pairs", input.toString()));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).contains("owner-");
        }
        assertThat(process.waitFor()).isEqualTo(4);
        assertThat(Files.readString(folder.resolve("err-0"))).contains("cannot be written");
    }

    @Test
    void theSandboxAsAProcess() throws Exception {
        Path score = folder.resolve("score.json");
        Process server =
                start("sandbox", "--owners", "2", "--friends", "3", "--latency", "1-2ms", "--score", score.toString());
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            String url = out.readLine();
            assertThat(url).startsWith("http://127.0.0.1:");
            Cli.Result result = new Cli()
                    .in("owner-00000,friend-00001\n")
                    .run("delete", "--pairs", "-", "--sdk-app-id", "1400000000", "--endpoint", url);
            assertThat(result.code()).as(result.err()).isZero();
            signal("TERM", server);
            assertThat(out.lines()).contains("friendships left   5");
        }
        assertThat(server.waitFor()).isZero();
        assertThat(Files.readString(score))
                .startsWith("{\"calls\":1,\"answered\":1,\"violations\":0,\"deletions\":1,\"friendships_left\":5,")
                .endsWith("}\n");
        assertThat(Files.readString(folder.resolve("err-0"))).isEmpty(); // a key that was given is not shown
    }

    @Tag("promise-1")
    @Tag("promise-2")
    @Test
    void theDemoKeepsItsPromises() throws Exception {
        Process process = start("demo", "--owners", "10", "--friends", "1000");
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("err-0")))
                .isZero();
        assertThat(Files.readString(folder.resolve("err-0")))
                .contains("10,000 of      10,000  accounts answered", "Every promise kept.");
        assertThat(sandbox.score().calls(Api.FRIEND_DELETE)).isZero();
    }
}
