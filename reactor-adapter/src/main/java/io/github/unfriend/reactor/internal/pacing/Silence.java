/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

/**
 * Half a second without an answer of the service while calls are out. It ends with the next answer. Until then only
 * probes leave, so that no more calls wait at the service than it allows in a second, and so that the end is seen soon:
 * one a second for fifteen seconds, then one every three seconds. In the minute for which a call without an answer keeps
 * its place these are 30 of 200, so 15 % of the places are kept for them. Not thread-safe.
 */
final class Silence {

    private static final long AFTER = WINDOW / 2;
    private static final int QUICK_PROBES = 15;
    private static final long SLOWLY = 3 * WINDOW;
    private static final int PERCENT_KEPT = 15;

    private long since;
    private int probes;
    private long lastProbe;

    /** Places that only probes may take; none if the limit is too small. */
    static int placesKept(int limit) {
        return limit * PERCENT_KEPT / 100;
    }

    /** An answer came, or a call was written while no other was out. */
    void beginsAnew(long now) {
        since = Math.max(since, now);
        probes = 0;
    }

    /** When it begins unless an answer comes. */
    long begins() {
        return since + AFTER;
    }

    /** When the next probe may leave. */
    long nextProbe() {
        long before = probes == 0 ? begins() : lastProbe;
        return before + (probes < QUICK_PROBES ? WINDOW : SLOWLY);
    }

    void probed(long now) {
        probes++;
        lastProbe = now;
    }

    /** The last probe was not sent. */
    void notProbed() {
        probes = Math.max(0, probes - 1);
    }
}
