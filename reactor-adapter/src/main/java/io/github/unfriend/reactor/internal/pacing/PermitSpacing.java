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

    private final SlidingPacerConfig config;
    private long next;

    PermitSpacing(SlidingPacerConfig config) {
        this.config = config;
    }

    /** Nothing was to be sent until now. */
    void notBefore(long time) {
        next = Math.max(next, time);
    }

    /**
     * When the next call may leave.
     *
     * @param last when the last one did
     */
    long due(long last, int allowed) {
        return Math.max(next, last + config.leastDistance(allowed));
    }

    /** A call leaves. */
    void granted(long now, int allowed) {
        next = Math.max(next + config.distance(allowed), now - WINDOW); // to be made up for is one window at most
    }

    /** The last call was not made: the next caller has its turn. */
    void giveBackTurn(int allowed) {
        next -= config.distance(allowed);
    }
}
