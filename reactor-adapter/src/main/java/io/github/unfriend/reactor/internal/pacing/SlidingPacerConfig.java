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
     * The least distance of two grants when calls are behind their schedule: a fifth of the regular distance. The
     * places keep the limit; this only keeps a lane that was held up from sending everything at once. Not larger, since
     * what is not caught up with quickly is lost: a place that is used late comes back late, and so does every call
     * after it. Held up for a time {@code t}, a lane loses {@code rate t² / 2 / (1 - 1/5)} calls.
     */
    long leastDistance(int places) {
        return distance(places) / 5;
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
