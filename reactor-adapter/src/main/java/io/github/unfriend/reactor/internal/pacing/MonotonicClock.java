/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that never runs backwards for any of its readers: a place that came back too early would break the promise. */
final class MonotonicClock {

    private final LongSupplier source;
    private final AtomicLong latest;

    MonotonicClock(LongSupplier source) {
        this.source = source;
        this.latest = new AtomicLong(source.getAsLong());
    }

    long now() {
        long read = source.getAsLong();
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
