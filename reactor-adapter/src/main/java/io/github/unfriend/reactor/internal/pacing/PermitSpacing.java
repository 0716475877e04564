/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

/**
 * When the next caller's turn is: calls keep their regular distance, and what a pacer could not send for want of time it
 * makes up for, at the least distance. Without it the first calls after an idle time would leave as a burst, which would
 * come back as a burst each second. What nobody wanted to send is not made up for, nor what a pause kept back.
 *
 * <p>Not thread-safe; owned by the draining thread.
 */
final class PermitSpacing {

    private long next;
    private long last = -WINDOW;
    private long lastBefore = last;

    /** Nothing was to be sent until now. */
    void notBefore(long time) {
        next = Math.max(next, time);
    }

    /** When the next call may leave. */
    long due(int allowed) {
        return Math.max(next, last + leastDistance(allowed));
    }

    /** A call leaves. */
    void granted(long now, int allowed) {
        next = Math.max(next + distance(allowed), now - WINDOW); // to be made up for is one window at most
        lastBefore = last;
        last = now;
    }

    /** A call was not made: the next caller has its turn; if it was the last, it does not keep the next at a distance. */
    void giveBackTurn(long grantedAt, int allowed) {
        next -= distance(allowed);
        if (grantedAt == last) {
            last = lastBefore;
        }
    }

    /** The regular distance of two grants. */
    private static long distance(int places) {
        return WINDOW / Math.max(1, places);
    }

    /**
     * The least distance of two grants when calls are behind their schedule: a fiftieth of the regular one.
     * The places keep the limit; this only keeps a pacer that was held up from sending everything at once. What it does
     * not catch up with quickly is lost: a place that is used late comes back late.
     */
    static long leastDistance(int places) {
        return distance(places) / 50;
    }
}
