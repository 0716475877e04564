/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import java.util.function.LongSupplier;

/**
 * The figures of one {@link SlidingPacer}; times in nanoseconds.
 *
 * @param callsPerSecond places of each lane
 * @param guardNanos how long a place stays taken beyond one window when nothing is known of its call
 * @param maxWaiting callers that one lane lets wait
 * @param nanoClock where the time comes from
 */
public record SlidingPacerConfig(int callsPerSecond, long guardNanos, int maxWaiting, LongSupplier nanoClock) {

    /** The window in which the service counts: one second. */
    static final long WINDOW = 1_000_000_000L;

    /**
     * The least distance of two grants when calls are behind their schedule: four fifths of the regular distance.
     * Catching up after a pause runs at five quarters of the rate, within the places, and never as a burst.
     */
    long leastDistance(int places) {
        return distance(places) * 4 / 5;
    }

    /** The regular distance of two grants. */
    long distance(int places) {
        return WINDOW / places;
    }

    /** The part of the guard that stays even for a call whose travel time is known: clocks and timers are not exact. */
    long leastGuardNanos() {
        return guardNanos / 20;
    }
}
