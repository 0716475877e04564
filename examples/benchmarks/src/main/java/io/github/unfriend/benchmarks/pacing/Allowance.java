/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import java.util.Comparator;
import java.util.List;

/**
 * What the rule of the pacer allows in one run, computed afterwards from when calls were written and answered. The rule
 * stands in the documentation of the pacer's package: a call keeps its place for one second and for as long as it may have
 * been on its way to the service, its hold. So {@code places / (1 s + mean hold)} calls a second are allowed.
 *
 * <p>In a silence only probes leave, however many places are free. So the time of a silence counts as one in which nothing
 * is allowed, and places are not kept for the time that lies in it.
 *
 * <p>After a stall calls come in bunches, a second apart. How many lie in a part of the run then depends on where it is
 * cut. So it is not calls that are compared with what is allowed, but the use of the places, also by calls that were
 * written before this part.
 *
 * @param callsPerSecond the most that the rule allows; 0 if it cannot be told
 * @param part which part of the places was in use, silences aside
 * @param unanswered calls that no answer acknowledged, neither their own nor that of a later call; they keep their places
 *     and are not part of the mean
 */
record Allowance(double callsPerSecond, double part, int unanswered) {

    private static final Allowance UNKNOWN = new Allowance(0, 0, 0);
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
            return UNKNOWN;
        }
        List<CallRecord> calls = recorded.stream()
                .sorted(Comparator.comparingLong(CallRecord::written))
                .toList();
        long begin = calls.get(0).written() + from;
        long end = calls.get(0).written() + to;
        Silences silences = Silences.of(calls, end);
        ShortestTrips shortest = ShortestTrips.of(calls);
        int unanswered = 0;
        int acknowledged = 0;
        double kept = 0;
        double used = 0;
        // From the last to the first, so that the first answer to a call that was written the guard later is known.
        long firstLater = CallRecord.NEVER;
        int later = calls.size() - 1;
        for (int i = calls.size() - 1; i >= 0; i--) {
            CallRecord call = calls.get(i);
            while (later > i && calls.get(later).written() >= call.written() + GUARD) {
                firstLater = Math.min(firstLater, calls.get(later--).answered());
            }
            boolean isAcknowledged = call.isAnswered() || firstLater != CallRecord.NEVER;
            long back = isAcknowledged ? call.written() + SECOND + hold(call, firstLater, shortest) : end;
            used += silences.outside(Math.max(begin, call.written()), Math.min(end, back));
            if (call.written() < begin || call.written() >= end) {
                continue;
            }
            if (isAcknowledged) {
                acknowledged++;
                kept += silences.outside(call.written(), back);
            } else {
                unanswered++;
            }
        }
        double open = silences.outside(begin, end);
        if (acknowledged == 0 || open == 0) {
            return UNKNOWN;
        }
        double mean = kept / acknowledged / SECOND;
        return new Allowance(places / mean * open / (to - from), used / places / open, unanswered);
    }

    /** How long it may have been on its way: by its own answer, or by the first one to a call that cannot have overtaken it. */
    private static long hold(CallRecord call, long firstLater, ShortestTrips shortest) {
        long first = Math.min(call.answered(), firstLater);
        return Math.max(0, first - shortest.at(first) - call.written()) + SLACK;
    }
}
