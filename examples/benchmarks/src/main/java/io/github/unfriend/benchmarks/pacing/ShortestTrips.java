/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The shortest round trip of the last ten to twenty seconds, at any time of a run: that of the current span of ten seconds
 * and of the one before.
 */
final class ShortestTrips {

    private static final long SPAN = 10_000_000_000L;
    /** A write that was told later than this after the grant was told late, so the trip looks shorter than it was. */
    private static final long TOLD_LATE = 500_000;

    private final NavigableMap<Long, Long> shortestSince = new TreeMap<>();

    private ShortestTrips() {}

    static ShortestTrips of(List<CallRecord> calls) {
        ShortestTrips trips = new ShortestTrips();
        long before = CallRecord.NEVER;
        long now = CallRecord.NEVER;
        long spanEnd = Long.MIN_VALUE;
        List<CallRecord> usable = calls.stream()
                .filter(call -> call.isAnswered() && call.written() - call.granted() <= TOLD_LATE)
                .sorted(Comparator.comparingLong(CallRecord::answered))
                .toList();
        for (CallRecord call : usable) {
            if (call.answered() >= spanEnd) {
                before = now;
                now = CallRecord.NEVER;
                spanEnd = call.answered() + SPAN;
            }
            now = Math.min(now, call.answered() - call.written());
            trips.shortestSince.put(call.answered(), Math.min(before, now));
        }
        return trips;
    }

    /** The one known when an answer came; 0 if none was known. */
    long at(long time) {
        var entry = shortestSince.floorEntry(time);
        return entry == null ? 0 : entry.getValue();
    }
}
