/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import io.github.unfriend.benchmarks.judge.Spread;
import io.github.unfriend.benchmarks.judge.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The verdicts as a Markdown table: one row for each shape, ours and strict side by side. */
final class DemandTable {

    /** What a WebFlux response has to reach, or most of what it reaches with ready results. */
    private static final double GOAL = 195;

    private static final double SHARE = 0.95;
    private static final String NONE = "–";

    private final int warmUpSeconds;
    private final Map<Shape, Map<ReadAhead, List<Verdict>>> rows = new EnumMap<>(Shape.class);
    private final List<Double> ready = new ArrayList<>();

    DemandTable(int warmUpSeconds) {
        this.warmUpSeconds = warmUpSeconds;
    }

    void add(Shape shape, ReadAhead readAhead, Verdict verdict) {
        rows.computeIfAbsent(shape, any -> new EnumMap<>(ReadAhead.class))
                .computeIfAbsent(readAhead, any -> new ArrayList<>())
                .add(verdict);
    }

    void addReady(double callsPerSecond) {
        ready.add(callsPerSecond);
    }

    /** What the gateway has to reach behind a WebFlux response on this machine. */
    double webGoal() {
        return ready.isEmpty()
                ? GOAL
                : Math.min(
                        GOAL,
                        SHARE * mean(ready.stream().mapToDouble(rate -> rate).toArray()));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(256).append(String.format(Locale.ROOT, """
                Rates from %d s after the first call on.

                | subscriber | ours: calls/s | mean in a sliding second | most in any | `readAhead(0)`: calls/s | mean in a sliding second | most in any | refused / errors | judge late by at most | load |
                |---|---|---|---|---|---|---|---|---|---|
                """, warmUpSeconds));
        rows.forEach((shape, modes) -> {
            List<Verdict> all = modes.values().stream().flatMap(List::stream).toList();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s / %s | %s ms | %s |%n",
                    shape.label(),
                    cells(modes.getOrDefault(ReadAhead.OURS, List.of())),
                    cells(modes.getOrDefault(ReadAhead.STRICT, List.of())),
                    Spread.of(all, "%.0f", Verdict::refused),
                    Spread.of(all, "%.0f", Verdict::errors),
                    Spread.of(all, "%.1f", run -> run.lateMicros() / 1e3),
                    Spread.of(all, "%.1f", Verdict::load)));
        });
        if (!ready.isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s |%s%n",
                    Shape.READY.label(),
                    Spread.of(ready, "%.1f", rate -> rate),
                    (" " + NONE + " |").repeat(8)));
        }
        List<Verdict> web = rows.getOrDefault(Shape.WEBFLUX, Map.of()).getOrDefault(ReadAhead.OURS, List.of());
        if (!web.isEmpty() && !ready.isEmpty()) {
            double rate = mean(web.stream().mapToDouble(Verdict::rate).toArray());
            text.append(String.format(
                    Locale.ROOT,
                    "%nWebFlux: %.1f calls/s; the goal here, 195 or 95 %% of ready results if that is less: %.1f, %s.%n",
                    rate,
                    webGoal(),
                    rate >= webGoal() ? "reached" : "missed"));
        }
        return text.toString();
    }

    private static String cells(List<Verdict> runs) {
        Stream<String> cells = runs.isEmpty()
                ? Stream.of(NONE, NONE, NONE)
                : Stream.of(
                        cell(runs, Verdict::rate), cell(runs, Verdict::mean), Spread.of(runs, "%.0f", Verdict::most));
        return String.join(" | ", cells.toList());
    }

    private static String cell(List<Verdict> runs, ToDoubleFunction<Verdict> value) {
        return Spread.of(runs, "%.1f", value);
    }

    private static double mean(double... values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
