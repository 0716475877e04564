/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import io.github.unfriend.benchmarks.judge.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The results of one scenario as a Markdown table: one row for each candidate and API, least and most of its runs. */
final class ResultTable {

    private final Scenario scenario;
    private final Map<String, List<RunResult>> rows = new LinkedHashMap<>();

    ResultTable(Scenario scenario) {
        this.scenario = scenario;
    }

    void add(Candidate candidate, Map<Api, RunResult> results) {
        results.forEach((api, result) -> rows.computeIfAbsent(label(candidate, api), any -> new ArrayList<>())
                .add(result));
    }

    private String label(Candidate candidate, Api api) {
        return scenario.apis().size() == 1 ? candidate.label() : candidate.label() + ": " + api.command();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(256)
                .append(scenario.id())
                .append(": ")
                .append(scenario.description())
                .append("""


                        | candidate | most calls in any sliding second | mean in a sliding second from the third on | counted from there to the end | the rule allows | part of it | refused / errors | runs ≤ 200 and ≥ 198/s | judge late by at most | load |
                        |---|---|---|---|---|---|---|---|---|---|
                        """);
        rows.forEach((label, runs) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s/s | %s | %s | %s / %s | %d of %d | %s ms | %s |%n",
                label,
                Spread.of(runs, "%.0f", run -> run.verdict().most()),
                Spread.of(runs, "%.1f", run -> run.verdict().mean()),
                Spread.of(runs, "%.1f", run -> run.verdict().rate()),
                allowed(runs),
                recorded(runs, RunResult::percentOfAllowed, " %"),
                Spread.of(runs, "%.0f", run -> run.verdict().refused()),
                Spread.of(runs, "%.0f", run -> run.verdict().errors()),
                runs.stream().filter(run -> run.verdict().isKept()).count(),
                runs.size(),
                Spread.of(runs, "%.1f", run -> run.verdict().lateMicros() / 1e3),
                Spread.of(runs, "%.1f", run -> run.verdict().load()))));
        return text.toString();
    }

    private static String allowed(List<RunResult> runs) {
        boolean allAnswered = runs.stream().allMatch(run -> run.unanswered() == 0);
        String rate = recorded(runs, RunResult::allowed, "/s");
        return allAnswered
                ? rate
                : rate + " (" + Spread.of(runs, "%.0f", RunResult::unanswered) + " without an answer)";
    }

    /** A dash for a candidate whose calls are not recorded. */
    private static String recorded(List<RunResult> runs, ToDoubleFunction<RunResult> value, String unit) {
        List<RunResult> recorded = runs.stream().filter(RunResult::isRecorded).toList();
        return recorded.isEmpty() ? "–" : Spread.of(recorded, "%.1f", value) + unit;
    }
}
