/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The silences of a run. A silence begins half a second after the last answer if calls are out that no answer has
 * acknowledged, and ends with the next answer. In it only probes leave.
 */
final class Silences {

    private static final long AFTER = 500_000_000;

    private record Span(long from, long to) {}

    private final List<Span> spans = new ArrayList<>();

    private Silences() {}

    /**
     * Those of a run.
     *
     * @param calls in the order in which they were written
     * @param end of the run: an answer counts as missing until then
     */
    static Silences of(List<CallRecord> calls, long end) {
        Silences silences = new Silences();
        List<CallRecord> answers = calls.stream()
                .filter(CallRecord::isAnswered)
                .sorted(Comparator.comparingLong(CallRecord::answered))
                .toList();
        long lastAnswer = Long.MIN_VALUE;
        int acknowledged = 0;
        for (CallRecord answer : answers) {
            silences.add(calls, acknowledged, lastAnswer, answer.answered());
            lastAnswer = answer.answered();
            while (acknowledged < calls.size() && calls.get(acknowledged).written() <= answer.written()) {
                acknowledged++;
            }
        }
        silences.add(calls, acknowledged, lastAnswer, end);
        return silences;
    }

    private void add(List<CallRecord> calls, int acknowledged, long lastAnswer, long until) {
        if (acknowledged < calls.size()) {
            long from = Math.max(lastAnswer, calls.get(acknowledged).written()) + AFTER;
            if (from < until) {
                spans.add(new Span(from, until));
            }
        }
    }

    /** How much of a time lies outside of silences; none if it ends before it begins. */
    long outside(long from, long to) {
        return Math.max(0, to - from) - within(from, to);
    }

    private long within(long from, long to) {
        return spans.stream()
                .mapToLong(span -> Math.max(0, Math.min(to, span.to) - Math.max(from, span.from)))
                .sum();
    }
}
