/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The way to one host: its shortest round trip of late, and the calls on it that no answer has acknowledged. */
final class Route {

    /** The shortest is that of the current and the last span with an answer, so that an old one is forgotten. */
    private static final long SPAN = 10 * WINDOW;

    /** In the order in which they were written. */
    private final Deque<QueuedPermit> unacknowledged = new ArrayDeque<>();

    private ShortestTrips now = new ShortestTrips();
    private ShortestTrips before = new ShortestTrips();
    private long spanEnd = Long.MIN_VALUE;

    void out(QueuedPermit call) {
        while (!unacknowledged.isEmpty() && !unacknowledged.getFirst().isHeld) {
            unacknowledged.removeFirst(); // its place came back without an answer
        }
        unacknowledged.addLast(call);
    }

    /** Takes those out that were written no later than this. */
    List<QueuedPermit> takeWrittenUntil(long time) {
        List<QueuedPermit> taken = new ArrayList<>();
        while (!unacknowledged.isEmpty() && unacknowledged.getFirst().writtenAt() <= time) {
            taken.add(unacknowledged.removeFirst());
        }
        return taken;
    }

    /** The service answered a call. */
    void roundTrip(long length, long answered) {
        if (answered >= spanEnd) {
            if (!now.isEmpty()) { // without an answer the last ones are still the best that is known
                before = now;
                now = new ShortestTrips();
            }
            spanEnd = answered + SPAN;
        }
        now.add(length);
    }

    /** What a round trip takes at least. */
    long shortest(long guard) {
        return now.and(before).leastPossible(guard);
    }
}
