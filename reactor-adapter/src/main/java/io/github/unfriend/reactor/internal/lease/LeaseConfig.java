/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.lease;

import java.time.Duration;

/**
 * The figures of a lease.
 *
 * @param callsPerSecond places of all processes
 * @param processes how many may run
 * @param fallback places that each process has without asking; so many for each are never leased
 */
public record LeaseConfig(int callsPerSecond, int processes, int fallback) {

    /** How long a process may use what it was granted, from before it asked. */
    public static final Duration LEASE = Duration.ofMillis(800);
    /** For drift of clocks and a thread that is held up between its look at the clock and its write. */
    public static final Duration SLACK = Duration.ofMillis(50);
    /** Between two requests. */
    public static final Duration INTERVAL = Duration.ofMillis(250);
    /** Between two requests while others wait for what this process gives back. */
    public static final Duration SHORT_INTERVAL = Duration.ofMillis(100);
    /** An answer that takes longer is of no use. */
    public static final Duration PATIENCE = Duration.ofMillis(400);

    /**
     * After the end of a lease, before its places are given to others: a second, in which its last call counts, and half
     * a second for the way of that call.
     */
    public static final Duration COOL_DOWN = Duration.ofMillis(1500);
    /** After a loss of memory until every old lease must have ended, and its last call counts no more. */
    public static final Duration RECOVERY = Duration.ofMillis(2500);

    /** Places that may be leased, by all together. */
    public int leasable() {
        return callsPerSecond - processes * fallback;
    }
}
