/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import io.github.unfriend.benchmarks.judge.Judge;
import io.github.unfriend.benchmarks.judge.JudgeOptions;
import io.github.unfriend.benchmarks.judge.JudgeReport;
import io.github.unfriend.benchmarks.judge.Verdict;
import io.github.unfriend.benchmarks.process.ChildProcess;
import io.github.unfriend.benchmarks.process.Priority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run: a judge in a fresh JVM, then a cold candidate in another, both on the loopback address. The run begins with
 * the first call that arrives and ends a fixed time later, while the candidate still has work.
 */
final class Trial {

    /** As many as the largest calls name. */
    private static final int FRIENDS = 1_000;

    private static final List<String> CLIENT_JVM = List.of("-Xmx1g");
    private static final List<String> SPIN_JVM = List.of("-Xmx64m");

    private final int seconds;
    private final @Nullable Path keep;
    private final boolean prioritized;
    private final boolean verbose;

    Trial(int seconds, @Nullable Path keep, boolean prioritized, boolean verbose) {
        this.seconds = seconds;
        this.keep = keep;
        this.prioritized = prioritized;
        this.verbose = verbose;
    }

    @SuppressWarnings("try") // the spinner is only there
    Map<Api, RunResult> run(Candidate candidate, Scenario scenario, int number)
            throws IOException, InterruptedException {
        JudgeOptions options = new JudgeOptions(scenario.latency(), scenario.path(), FRIENDS, seconds);
        try (Judge judge = Judge.start(options, verbose)) {
            String port = judge.port();
            try (ChildProcess spinner = scenario.keepsCoreBusy() ? spinner() : null;
                    ChildProcess client = client(candidate, scenario, port);
                    Pauses pauses = scenario.pausesClient() ? Pauses.of(client) : null) {
                judge.awaitFirst();
                if (pauses != null) {
                    pauses.begin();
                }
                JudgeReport report = judge.report();
                if (pauses != null) {
                    pauses.end();
                }
                client.stop();
                long failures = Long.parseLong(client.await("FAILURES", Judge.FAREWELL));
                Map<Api, List<CallRecord>> calls = new EnumMap<>(Api.class);
                for (Api api : scenario.apis()) {
                    calls.put(api, CallRecord.parse(client.await("CALLS " + api.name(), Judge.FAREWELL)));
                }
                judge.stop();
                if (verbose) {
                    System.err.println("connections opened: " + report.connections());
                }
                keep(candidate, scenario, number, report, calls);
                return results(report, calls, failures);
            }
        }
    }

    private Map<Api, RunResult> results(JudgeReport report, Map<Api, List<CallRecord>> calls, long failures) {
        Map<Api, RunResult> results = new EnumMap<>(Api.class);
        long from = JudgeReport.WARM_UP.toNanos();
        long to = Duration.ofSeconds(seconds).toNanos();
        calls.forEach((api, recorded) -> results.put(
                api,
                new RunResult(
                        report.verdict(api, JudgeReport.WARM_UP, failures),
                        recorded.isEmpty() ? null : Allowance.of(Verdict.LIMIT, recorded, from, to))));
        return results;
    }

    private void keep(
            Candidate candidate, Scenario scenario, int number, JudgeReport report, Map<Api, List<CallRecord>> calls)
            throws IOException {
        Path folder = keep;
        if (folder == null) {
            return;
        }
        Files.createDirectories(folder);
        for (Map.Entry<Api, List<CallRecord>> entry : calls.entrySet()) {
            Api api = entry.getKey();
            String name = scenario.id() + "." + candidate.id() + "." + number + "." + api.command();
            write(folder.resolve(name + ".txt"), report.arrivals(api).toString());
            if (!entry.getValue().isEmpty()) {
                write(folder.resolve(name + ".calls.txt"), CallRecord.text(entry.getValue()));
            }
        }
    }

    private static void write(Path file, String words) throws IOException {
        Files.writeString(file, words.replace(' ', '\n') + "\n");
    }

    private ChildProcess client(Candidate candidate, Scenario scenario, String port) {
        return child(
                prioritized ? Priority.CLIENT : Priority.NORMAL,
                CLIENT_JVM,
                List.of(
                        "client",
                        "--candidate",
                        candidate.id(),
                        "--scenario",
                        scenario.id(),
                        "--port",
                        port,
                        "--seconds",
                        lifetime()));
    }

    private ChildProcess spinner() throws InterruptedException {
        ChildProcess spinner = child(Priority.NORMAL, SPIN_JVM, List.of("spin", "--seconds", lifetime()));
        spinner.await("SPINNING", Judge.START);
        return spinner;
    }

    private ChildProcess child(Priority priority, List<String> jvm, List<String> command) {
        return ChildProcess.start(priority.prefix(), jvm, command, verbose);
    }

    private String lifetime() {
        return text(seconds + (int) Judge.START.toSeconds());
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
