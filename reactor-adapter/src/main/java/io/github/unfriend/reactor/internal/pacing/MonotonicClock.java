/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A clock that begins at zero and never runs backwards for any of its readers: a place that came back too early would
 * break the promise.
 */
final class MonotonicClock {

    private final LongSupplier source;
    private final long origin;
    private final AtomicLong latest = new AtomicLong();

    MonotonicClock(LongSupplier source) {
        this.source = source;
        this.origin = source.getAsLong();
    }

    long now() {
        long read = source.getAsLong() - origin;
        long seen = latest.get();
        while (read - seen > 0) {
            if (latest.compareAndSet(seen, read)) {
                return read;
            }
            seen = latest.get();
        }
        return seen;
    }
}
