/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A clock that shows what a test sets. */
public final class SettableClock extends Clock {

    private final AtomicReference<Instant> now;
    private final Duration tick;
    private volatile @Nullable RuntimeException failure;

    /** One that stands still. */
    public SettableClock(Instant now) {
        this(now, Duration.ZERO);
    }

    private SettableClock(Instant now, Duration tick) {
        this.now = new AtomicReference<>(now);
        this.tick = tick;
    }

    /** One that is a second further at every look: two signatures of one second would have one text. */
    public static SettableClock ticking(Instant from) {
        return new SettableClock(from, Duration.ofSeconds(1));
    }

    /** What it shows from now on. */
    public void set(Instant value) {
        now.set(value);
    }

    /** From now on it tells no time, but throws. */
    public void fail(RuntimeException error) {
        failure = error;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        RuntimeException error = failure;
        if (error != null) {
            throw error;
        }
        return now.updateAndGet(before -> before.plus(tick));
    }
}
