/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import io.github.unfriend.benchmarks.judge.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The gateway behind operators with small windows, with read-ahead and without, one run after the other. */
@Command(
        name = "demand",
        description = "Whether 200 calls a second are kept behind publishOn, flatMap, limitRate or a WebFlux response.",
        mixinStandardHelpOptions = true)
public final class DemandCommand implements Callable<Integer> {

    private static final int SHORTEST_RUN = 4;
    private static final int LONGEST_RUN = 60;
    private static final int MOST_RUNS = 20;

    @Option(names = "--runs", defaultValue = "1", description = "Runs of each. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "Length of a run from its first call on. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "2",
            paramLabel = "SECONDS",
            description =
                    "How much of a run does not count for the rate, while all is cold. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--only",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Only these: ${COMPLETION-CANDIDATES}; strict is readAhead(0).")
    private List<ReadAhead> only = new ArrayList<>();

    @Option(
            names = "--shape",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Only these subscribers: ${COMPLETION-CANDIDATES}.")
    private List<Shape> shapes = new ArrayList<>();

    @Option(
            names = "--prioritize",
            description =
                    "Gives the gateway and the reader priority over all other processes but the judge: on a busy machine,"
                            + " shows about what a quiet one would.")
    private boolean prioritized;

    @Option(
            names = "--heap",
            defaultValue = "1g",
            description = "Heap of the gateway's JVM. Default: ${DEFAULT-VALUE}.")
    private String heap = "1g";

    @Option(names = "--verbose", description = "Shows what the processes print on stderr.")
    private boolean verbose;

    private final List<String> failures = new ArrayList<>();

    /** For the command line. */
    public DemandCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        if (runs < 1 || runs > MOST_RUNS || seconds < SHORTEST_RUN || seconds > LONGEST_RUN) {
            System.err.println("Give --runs of 1 to " + MOST_RUNS + " and --seconds of " + SHORTEST_RUN + " to "
                    + LONGEST_RUN + ".");
            return 2;
        }
        if (!heap.matches("[0-9]{1,5}[mg]")) {
            System.err.println("Give a --heap such as 64m or 1g.");
            return 2;
        }
        if (warmUp < 0 || warmUp > seconds - 2) {
            System.err.println("Give a --warm-up of 0 to " + (seconds - 2) + ", two seconds less than --seconds.");
            return 2;
        }
        DemandTable table = new DemandTable(warmUp);
        DemandTrial trial = new DemandTrial(seconds, Duration.ofSeconds(warmUp), prioritized, heap, verbose);
        for (int run = 1; run <= runs; run++) {
            for (Shape shape : shapes.isEmpty() ? List.of(Shape.values()) : shapes) {
                one(trial, shape, run, table);
            }
        }
        if (prioritized) {
            System.out.println("The clients had priority over all other processes (--prioritize).\n");
        }
        System.out.println(table);
        failures.forEach(System.out::println);
        return failures.isEmpty() ? 0 : 1;
    }

    private void one(DemandTrial trial, Shape shape, int run, DemandTable table) throws InterruptedException {
        if (shape == Shape.READY) {
            try {
                double rate = trial.runReady();
                System.err.printf(Locale.ROOT, "run %d, %s: %.1f calls/s%n", run, shape, rate);
                table.addReady(rate);
            } catch (IllegalStateException noResult) {
                failed(run, shape.toString(), noResult);
            }
            return;
        }
        for (ReadAhead readAhead : only.isEmpty() ? List.of(ReadAhead.values()) : only) {
            String what = shape + ", " + readAhead;
            try {
                Verdict verdict = trial.run(shape, readAhead);
                System.err.printf(Locale.ROOT, "run %d, %s: %s%n", run, what, verdict);
                table.add(shape, readAhead, verdict);
            } catch (IllegalStateException | IOException noResult) {
                failed(run, what, noResult);
            }
        }
    }

    /** The table cannot show it among the figures of other runs. */
    private void failed(int run, String what, Exception reason) {
        failures.add("Run " + run + ", " + what + ", gave no result: " + reason.getMessage());
        System.err.println(failures.get(failures.size() - 1));
    }
}
