/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A clock that shows what a test sets. */
final class SettableClock extends Clock {

    private volatile Instant now;
    private volatile @Nullable RuntimeException failure;

    SettableClock(Instant now) {
        this.now = now;
    }

    void set(Instant value) {
        now = value;
    }

    /** From now on it tells no time, but throws. */
    void fail(RuntimeException error) {
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
        return now;
    }
}
