/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** The way to one host: its shortest round trips of late, and the calls on it that no answer has acknowledged. */
final class Route {

    /** The shortest are those of the current and the last span with an answer, so that old ones are forgotten. */
    private static final long SPAN = 10 * WINDOW;
    /** Round trips that are kept of each span. */
    static final int KEPT = 16;

    /** In the order in which they were written. */
    private final Set<QueuedPermit> unacknowledged = new LinkedHashSet<>();

    /** In ascending order, as is {@link #before}. */
    private long[] shortest = {};

    private long[] before = {};
    private long[] ofBoth = {};
    private long spanEnd = Long.MIN_VALUE;

    void out(QueuedPermit call) {
        unacknowledged.add(call);
    }

    /** Its place has come back. */
    void forget(QueuedPermit call) {
        unacknowledged.remove(call);
    }

    /** Takes those out that were written no later than this. */
    List<QueuedPermit> takeWrittenUntil(long time) {
        List<QueuedPermit> taken = unacknowledged.stream()
                .takeWhile(call -> call.writtenAt <= time)
                .toList();
        taken.forEach(this::forget);
        return taken;
    }

    /** The service answered a call. */
    void roundTrip(long length, long answered) {
        if (answered >= spanEnd) {
            if (shortest.length == KEPT) { // fewer may all be of one stop of the service
                before = shortest;
                shortest = new long[] {};
            }
            spanEnd = answered + SPAN;
        }
        if (shortest.length < KEPT || length < shortest[KEPT - 1]) {
            shortest = least(LongStream.concat(LongStream.of(shortest), LongStream.of(length)));
            ofBoth = least(LongStream.concat(LongStream.of(shortest), LongStream.of(before)));
        }
    }

    /**
     * What a round trip takes at least, as far as is known; 0 while too few are known.
     *
     * @param guard the most that is taken off the shortest one seen
     */
    long leastPossible(long guard) {
        if (ofBoth.length < KEPT) {
            return 0;
        }
        long doubt = Math.min(guard, 2 * (ofBoth[KEPT - 1] - ofBoth[0]));
        return Math.max(0, ofBoth[0] - doubt);
    }

    private static long[] least(LongStream lengths) {
        return lengths.sorted().limit(KEPT).toArray();
    }
}
