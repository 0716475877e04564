/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import io.github.unfriend.reactor.PacerState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a pacer counts for those who look at it; counted by any thread. */
final class PacerCounts {

    final AtomicInteger waiting = new AtomicInteger();
    final AtomicInteger inFlight = new AtomicInteger();
    final LongAdder calls = new LongAdder();

    /** A snapshot; a count that is being changed may be one too low for a moment, but never shows below zero. */
    PacerState state(int allowed, long pauseNanos) {
        return new PacerState(
                allowed,
                Math.max(0, waiting.get()),
                Math.max(0, inFlight.get()),
                Duration.ofNanos(Math.max(0, pauseNanos)),
                calls.sum());
    }
}
