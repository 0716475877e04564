/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import java.util.function.LongSupplier;

/**
 * The figures of one {@link SlidingPacer}; times in nanoseconds.
 *
 * @param callsPerSecond places of each API
 * @param guardNanos by how much one request can be overtaken by another
 * @param jitterAtMost by how much one request can travel longer than another, or {@link #NO_CAP}
 * @param maxWaiting callers of one API that may wait
 * @param nanoClock where the time comes from
 */
public record SlidingPacerConfig(
        int callsPerSecond, long guardNanos, long jitterAtMost, int maxWaiting, LongSupplier nanoClock) {

    /** Nothing is known of the most jitter. */
    public static final long NO_CAP = -1;

    /** The window in which the service counts: one second. */
    static final long WINDOW = 1_000_000_000L;

    /** A call without any sign of its arrival keeps its place for this long. */
    private static final long MINUTE = 60 * WINDOW;

    boolean isCapped() {
        return jitterAtMost != NO_CAP;
    }

    /** How long after its write a call keeps its place, whatever is known of it. */
    long longestHold() {
        return isCapped() ? WINDOW + jitterAtMost : MINUTE;
    }
}
