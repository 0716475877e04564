/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import io.github.unfriend.benchmarks.judge.Spread;
import io.github.unfriend.benchmarks.judge.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The verdicts of one scenario as a Markdown table: one row for each candidate and API, least and most of its runs. */
final class ResultTable {

    private final Scenario scenario;
    private final Map<String, List<Verdict>> rows = new LinkedHashMap<>();

    ResultTable(Scenario scenario) {
        this.scenario = scenario;
    }

    void add(Candidate candidate, Map<Api, Verdict> verdicts) {
        verdicts.forEach((api, verdict) -> rows.computeIfAbsent(label(candidate, api), any -> new ArrayList<>())
                .add(verdict));
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


                        | candidate | most calls in any sliding second | mean in a sliding second from the third on | counted from there to the end | refused / errors | runs ≤ 200 and ≥ 198/s | judge late by at most | load |
                        |---|---|---|---|---|---|---|---|
                        """);
        rows.forEach((label, runs) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s/s | %s / %s | %d of %d | %s ms | %s |%n",
                label,
                Spread.of(runs, "%.0f", Verdict::most),
                Spread.of(runs, "%.1f", Verdict::mean),
                Spread.of(runs, "%.1f", Verdict::rate),
                Spread.of(runs, "%.0f", Verdict::refused),
                Spread.of(runs, "%.0f", Verdict::errors),
                runs.stream().filter(Verdict::isKept).count(),
                runs.size(),
                Spread.of(runs, "%.1f", run -> run.lateMicros() / 1e3),
                Spread.of(runs, "%.1f", Verdict::load))));
        return text.toString();
    }
}
