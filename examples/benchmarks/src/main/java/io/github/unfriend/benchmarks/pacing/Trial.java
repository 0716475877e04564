/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration FAREWELL = Duration.ofSeconds(10);
    private static final long WARM_NANOS = Duration.ofSeconds(2).toNanos();

    /**
     * Memory for a run without garbage collection, and no optimizing compiler: at the judge's priority it made clients
     * stand still for up to 60 ms.
     */
    private static final List<String> JUDGE_JVM = List.of(
            "-Xms2g", "-Xmx2g", "-Xmn1800m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1");

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
    Map<Api, Verdict> run(Candidate candidate, Scenario scenario, int number) throws IOException, InterruptedException {
        try (ChildProcess judge = child(
                Priority.JUDGE, JUDGE_JVM, List.of("judge", "--scenario", scenario.id(), "--seconds", text(seconds)))) {
            String port = judge.await("PORT", START);
            try (ChildProcess spinner = scenario.keepsCoreBusy() ? spinner() : null;
                    ChildProcess client = client(candidate, scenario, port);
                    Pauses pauses = scenario.pausesClient() ? Pauses.of(client) : null) {
                judge.await("FIRST", START);
                if (pauses != null) {
                    pauses.begin();
                }
                Map<Api, Arrivals> arrivals = new EnumMap<>(Api.class);
                Duration run = Duration.ofSeconds(seconds).plus(START);
                for (Api api : Api.values()) {
                    arrivals.put(api, Arrivals.parse(judge.await("ARRIVALS " + api.name(), run)));
                }
                long refused = Long.parseLong(judge.await("REFUSED", FAREWELL));
                long violations = Long.parseLong(judge.await("VIOLATIONS", FAREWELL));
                long connections = Long.parseLong(judge.await("CONNECTIONS", FAREWELL));
                long late = Long.parseLong(judge.await("LATE", FAREWELL));
                if (pauses != null) {
                    pauses.end();
                }
                client.stop();
                long errors = Long.parseLong(client.await("FAILURES", FAREWELL)) + violations;
                judge.stop();
                if (verbose) {
                    System.err.println("connections opened: " + connections);
                }
                return judged(candidate, scenario, number, arrivals, refused, errors, late);
            }
        }
    }

    private Map<Api, Verdict> judged(
            Candidate candidate,
            Scenario scenario,
            int number,
            Map<Api, Arrivals> arrivals,
            long refused,
            long errors,
            long late)
            throws IOException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Map<Api, Verdict> verdicts = new EnumMap<>(Api.class);
        for (Api api : scenario.apis()) {
            Arrivals seen = arrivals.getOrDefault(api, Arrivals.of());
            long end = Duration.ofSeconds(seconds).toNanos();
            verdicts.put(
                    api,
                    new Verdict(
                            seen.mostInAnySecond(),
                            seen.meanInASecond(WARM_NANOS, end),
                            seen.rate(WARM_NANOS, end),
                            refused,
                            errors,
                            late,
                            load));
            if (keep != null) {
                Files.createDirectories(keep);
                String file = scenario.id() + "." + candidate.id() + "." + number + "." + api.command() + ".txt";
                Files.writeString(keep.resolve(file), seen.toString().replace(' ', '\n') + "\n");
            }
        }
        return verdicts;
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
        spinner.await("SPINNING", START);
        return spinner;
    }

    private ChildProcess child(Priority priority, List<String> jvm, List<String> command) {
        return ChildProcess.start(priority.prefix(), jvm, command, verbose);
    }

    private String lifetime() {
        return text(seconds + (int) START.toSeconds());
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
