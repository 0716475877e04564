/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import java.util.Comparator;
import java.util.List;

/**
 * What the rule of the pacer allows in one run, computed afterwards from when calls were written and answered. The rule
 * stands in the design and in the documentation of the pacer's package: a call keeps its place for one second and for as
 * long as it may have been on its way to the service, its hold. So {@code places / (1 s + mean hold)} calls a second are
 * allowed.
 *
 * <p>In a silence only probes leave, however many places are free. Therefore the time of a silence counts as one in which
 * nothing is allowed, and the part of a hold that lies in a silence is not counted.
 *
 * @param callsPerSecond the most that the rule allows; 0 if it cannot be told
 * @param unanswered calls that no answer acknowledged, neither their own nor that of a later call; they are not part of
 *     the mean
 */
record Allowance(double callsPerSecond, int unanswered) {

    private static final long SECOND = 1_000_000_000L;
    /** By how much one request can be overtaken by another: the default of the pacer. */
    private static final long GUARD = 10_000_000;
    /** For clocks. */
    private static final long SLACK = 500_000;

    /**
     * Computes it for calls of one API to one host.
     *
     * @param places calls that the service allows in a second
     * @param recorded the calls, in any order
     * @param from begin of the part of the run that counts, in nanoseconds from the first write on
     * @param to its end
     */
    static Allowance of(int places, List<CallRecord> recorded, long from, long to) {
        if (recorded.isEmpty() || to <= from) {
            return new Allowance(0, 0);
        }
        List<CallRecord> calls = recorded.stream()
                .sorted(Comparator.comparingLong(CallRecord::written))
                .toList();
        long begin = calls.get(0).written() + from;
        long end = calls.get(0).written() + to;
        Silences silences = Silences.of(calls, end);
        ShortestTrips shortest = ShortestTrips.of(calls);
        int unanswered = 0;
        int count = 0;
        double keeps = 0;
        // From the last to the first, so that the first answer to a later call is known.
        long firstLater = CallRecord.NEVER;
        for (int i = calls.size() - 1; i >= 0; i--) {
            CallRecord call = calls.get(i);
            firstLater = Math.min(firstLater, call.answered());
            if (call.written() < begin || call.written() >= end) {
                continue;
            }
            if (firstLater == CallRecord.NEVER) {
                unanswered++;
                continue;
            }
            long back = call.written() + SECOND + hold(call, firstLater, shortest);
            keeps += back - call.written() - silences.within(call.written(), back);
            count++;
        }
        double open = to - from - silences.within(begin, end);
        return new Allowance(keeps == 0 ? 0 : places * SECOND / (keeps / count) * open / (to - from), unanswered);
    }

    /** How long it may have been on its way: by its own answer, or by the first one to any call written then or later. */
    private static long hold(CallRecord call, long firstLater, ShortestTrips shortest) {
        long byLater = firstLater - shortest.at(firstLater) + GUARD;
        long byOwn = call.isAnswered() ? call.answered() - shortest.at(call.answered()) : byLater;
        return Math.max(0, Math.min(byOwn, byLater) - call.written()) + SLACK;
    }
}
