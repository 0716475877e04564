/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Limits the calls in any half-open second, by an exact log of arrival times. Lock-free, because event loops share it:
 * each decision replaces a small immutable state.
 */
final class RateLimit {

    private static final long SECOND = 1_000_000_000L;
    private static final long[] NONE = {};

    private final boolean refusedCount;
    private final AtomicReference<State> state;

    RateLimit(int callsPerSecond, boolean refusedCount) {
        this.refusedCount = refusedCount;
        this.state = new AtomicReference<>(new State(callsPerSecond, NONE));
    }

    /** 0 means not enforced. Takes effect with the next call; calls let through before keep counting. */
    void limit(int callsPerSecond) {
        state.updateAndGet(old -> new State(callsPerSecond, old.times));
    }

    boolean accept(long now) {
        while (true) {
            State old = Objects.requireNonNull(state.get());
            if (old.limit == 0) {
                return true;
            }
            int gone = 0;
            while (gone < old.times.length && now - old.times[gone] >= SECOND) {
                gone++;
            }
            boolean accepted = old.times.length - gone < old.limit;
            if (!accepted && !refusedCount) {
                return false;
            }
            // No more than the latest `limit` times are ever needed for a decision.
            int keepFrom = Math.max(gone, old.times.length + 1 - old.limit);
            long[] times = Arrays.copyOfRange(old.times, keepFrom, old.times.length + 1);
            times[times.length - 1] = now;
            if (state.compareAndSet(old, new State(old.limit, times))) {
                return accepted;
            }
        }
    }

    private static final class State {
        final int limit;
        final long[] times;

        State(int limit, long[] times) {
            this.limit = limit;
            this.times = times;
        }
    }
}
