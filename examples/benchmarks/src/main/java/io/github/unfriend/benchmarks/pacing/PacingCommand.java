/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Clients side by side. The candidates take turns, one run each and then the next, so that a change of the machine's
 * mood meets them all.
 */
@Command(
        name = "pacing",
        description = "Who keeps 200 calls a second, as the server counts them: ours and what one would pick instead.",
        mixinStandardHelpOptions = true)
public final class PacingCommand implements Callable<Integer> {

    private static final int SHORTEST_RUN = 4;
    private static final int LONGEST_RUN = 600;

    @Option(names = "--runs", defaultValue = "1", description = "Runs of each. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--seconds",
            defaultValue = "12",
            description = "Length of a run from its first call on. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--only",
            arity = "1..*",
            paramLabel = "NAME",
            completionCandidates = CandidateNames.class,
            description = "Only these candidates: ${COMPLETION-CANDIDATES}.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--scenario",
            arity = "1..*",
            paramLabel = "NAME",
            completionCandidates = ScenarioNames.class,
            description = "Under these circumstances, or all: ${COMPLETION-CANDIDATES}. Default: default.")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keeps the arrival times, one file a run, and the times of our calls.")
    private @Nullable Path keep;

    @Option(
            names = "--prioritize",
            description =
                    "Gives the clients the judge's priority over all other processes: on a busy machine, shows about"
                            + " what a quiet one would.")
    private boolean prioritized;

    @Option(names = "--verbose", description = "Shows what the processes print on stderr.")
    private boolean verbose;

    /** For the command line. */
    public PacingCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (runs < 1 || seconds < SHORTEST_RUN || seconds > LONGEST_RUN) {
            System.err.println(
                    "Give --runs of 1 or more and --seconds of " + SHORTEST_RUN + " to " + LONGEST_RUN + ".");
            return 2;
        }
        List<Candidate> candidates;
        List<Scenario> settings;
        try {
            candidates = only.isEmpty()
                    ? List.of(Candidate.values())
                    : only.stream().map(Candidate::of).toList();
            settings = scenarios.isEmpty()
                    ? List.of(Scenario.DEFAULT)
                    : scenarios.contains("all")
                            ? List.of(Scenario.values())
                            : scenarios.stream().map(Scenario::of).toList();
        } catch (IllegalArgumentException unknown) {
            System.err.println("Unknown name. Candidates: " + String.join(" ", new CandidateNames()) + "; scenarios: "
                    + String.join(" ", new ScenarioNames()) + " all");
            return 2;
        }
        Map<Scenario, ResultTable> tables = new LinkedHashMap<>();
        settings.forEach(scenario -> tables.put(scenario, new ResultTable(scenario)));
        Trial trial = new Trial(seconds, keep, prioritized, verbose);
        for (int run = 1; run <= runs; run++) {
            for (Scenario scenario : settings) {
                for (Candidate candidate : candidates) {
                    one(trial, scenario, candidate, run, tables.get(scenario));
                }
            }
        }
        if (prioritized) {
            System.out.println("The clients had priority over all other processes (--prioritize).\n");
        }
        tables.values().forEach(System.out::println);
        return 0;
    }

    private static void one(Trial trial, Scenario scenario, Candidate candidate, int run, @Nullable ResultTable table)
            throws IOException, InterruptedException {
        try {
            Map<Api, RunResult> results = trial.run(candidate, scenario, run);
            results.forEach((api, result) -> System.err.printf(
                    Locale.ROOT,
                    "run %d, %s, %s, %s: %s%n",
                    run,
                    scenario.id(),
                    candidate.label(),
                    api.command(),
                    result));
            if (table != null) {
                table.add(candidate, results);
            }
        } catch (IllegalStateException failed) {
            System.err.printf(
                    Locale.ROOT, "run %d, %s, %s: %s%n", run, scenario.id(), candidate.label(), failed.getMessage());
        }
    }

    /** For the help text. */
    static final class CandidateNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        CandidateNames() {
            super(Stream.of(Candidate.values()).map(Candidate::id).toList());
        }
    }

    /** For the help text. */
    static final class ScenarioNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        ScenarioNames() {
            super(Stream.of(Scenario.values()).map(Scenario::id).toList());
        }
    }
}
