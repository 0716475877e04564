/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;

/**
 * How callers and the network behave; times in nanoseconds, drawn evenly up to the bound.
 *
 * @param cancels share of callers that cancel, at a random time of their wait or when they are granted
 * @param givesBack share of permits that are given back instead of written
 * @param silent share of calls that are never answered
 * @param coldFor for how long after the start writing is slow
 * @param coldLag the most from grant to write in that time
 * @param lag the most from grant to write later
 * @param travel what every request needs to arrive
 * @param jitter by how much it may take longer
 * @param serviceLeast the shortest time from arrival to answer
 * @param serviceMost the longest
 */
record Behaviour(
        double cancels,
        double givesBack,
        double silent,
        long coldFor,
        long coldLag,
        long lag,
        long travel,
        long jitter,
        long serviceLeast,
        long serviceMost) {

    /** Everything works; round trips of 20 ms. */
    static Behaviour steady() {
        return new Behaviour(0, 0, 0, 0, 0, MILLI / 5, MILLI / 2, 0, 20 * MILLI, 20 * MILLI);
    }

    Behaviour service(long least, long most) {
        return new Behaviour(cancels, givesBack, silent, coldFor, coldLag, lag, travel, jitter, least, most);
    }

    Behaviour jitter(long most) {
        return new Behaviour(
                cancels, givesBack, silent, coldFor, coldLag, lag, travel, most, serviceLeast, serviceMost);
    }

    Behaviour cold(long duration, long most) {
        return new Behaviour(
                cancels, givesBack, silent, duration, most, lag, travel, jitter, serviceLeast, serviceMost);
    }

    Behaviour fickle(double cancelling, double givingBack, double unanswered) {
        return new Behaviour(
                cancelling, givingBack, unanswered, coldFor, coldLag, lag, travel, jitter, serviceLeast, serviceMost);
    }
}
