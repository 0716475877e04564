/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.retry;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Exponential back-off with full jitter: callers that failed together do not come back together.
 *
 * @param base the most that the first retry waits
 * @param max the most that any retry waits
 * @param random numbers from 0 inclusive to 1 exclusive
 */
public record Backoff(Duration base, Duration max, DoubleSupplier random) {

    private static final int MAX_DOUBLINGS = 30;

    /** The wait after the given attempt, 1 for the first. */
    public Duration after(int attempt) {
        return jittered(ceiling(attempt));
    }

    /** A wait that is at least half the ceiling, for refusals that ask for fewer calls. */
    public Duration patientAfter(int attempt) {
        Duration half = ceiling(attempt).dividedBy(2);
        return half.plus(jittered(half));
    }

    private Duration ceiling(int attempt) {
        Duration grown = base.multipliedBy(1L << Math.min(MAX_DOUBLINGS, Math.max(0, attempt - 1)));
        return grown.compareTo(max) < 0 ? grown : max;
    }

    private Duration jittered(Duration most) {
        return Duration.ofNanos((long) (most.toNanos() * random.getAsDouble()));
    }
}
