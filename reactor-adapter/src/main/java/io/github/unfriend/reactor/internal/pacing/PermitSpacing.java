/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

/**
 * When the next caller's turn is: calls keep their regular distance, and what a pacer could not send for want of time it
 * makes up for, at the least distance. Without it the first calls after an idle time would leave as a burst, which would
 * come back as a burst each second. What nobody wanted to send is not made up for, nor what a pause kept back.
 *
 * <p>After a start, places are held for long. If the calls that had to wait for them left one upon the other, they would
 * do so again each second. So little of that wait is made up for. Only the gap that a long stop of this process left is
 * kept: should the stop return, it meets the gap and costs nothing.
 *
 * <p>Not thread-safe; owned by the draining thread.
 */
final class PermitSpacing {

    /** The most of a wait for the first places that is made up for. */
    private static final long LITTLE = WINDOW / 40;
    /** A stop of this process that would cost some calls each time if it came again: {@code rate t² / 2}. */
    private static final long LONG_STOP = WINDOW / 8;

    private final SlidingPacerConfig config;
    private long next;
    private long longestStop;

    PermitSpacing(SlidingPacerConfig config) {
        this.config = config;
    }

    /** Nothing was to be sent until now. */
    void notBefore(long time) {
        next = Math.max(next, time);
    }

    /** The pacer itself was late by so much, and may be again. */
    void wasLate(long nanos) {
        longestStop = Math.max(longestStop, nanos);
    }

    /** The next place has come back now, while all is still cold or has just been. */
    void waitedForFirstPlaces(long now) {
        notBefore(now - (longestStop < LONG_STOP ? LITTLE : longestStop));
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
