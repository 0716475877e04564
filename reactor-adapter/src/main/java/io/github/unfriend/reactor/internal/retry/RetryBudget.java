/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.retry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all calls of a gateway may spend on repeating: each repetition after a failure takes a token, and so does a
 * call that could not be sent and is not repeated; each answer brings one back. Halves of a batch, a renewed UserSig, and
 * what waits for a pause, a slower rate or its turn take none: there the service is alive and says what it wants. While the service answers at least every other call the
 * bucket stays filled; when the service is dead, the bucket runs dry, and from then on all attempts, the first ones included, wait
 * as long as the longest back-off: the dead are not hammered, and nothing is given up earlier than the attempts allow.
 * Lock-free.
 */
public final class RetryBudget {

    private final int capacity;
    private final AtomicInteger tokens;

    /**
     * A full bucket.
     *
     * @param capacity tokens it holds
     */
    public RetryBudget(int capacity) {
        this.capacity = capacity;
        this.tokens = new AtomicInteger(capacity);
    }

    /** Tokens left. */
    public int left() {
        return tokens.get();
    }

    /** A readable answer came, whatever it said. */
    public void answered() {
        tokens.getAndUpdate(now -> Math.min(capacity, now + 1));
    }

    /** A call could not be sent, and is given up. */
    public void notSent() {
        take();
    }

    /**
     * A call is about to be sent for the first time.
     *
     * @param dryDelay how long it waits when the bucket is dry
     * @return how long it has to wait
     */
    public Duration firstDelay(Duration dryDelay) {
        return tokens.get() > 0 ? Duration.ZERO : dryDelay;
    }

    /**
     * A repetition is wanted.
     *
     * @param delay how long it would wait
     * @param dryDelay how long it waits when the bucket is dry
     * @return how long it has to wait
     */
    public Duration delay(Duration delay, Duration dryDelay) {
        return take() || delay.compareTo(dryDelay) >= 0 ? delay : dryDelay;
    }

    private boolean take() {
        return tokens.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
    }
}
