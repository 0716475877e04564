/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which host the next call goes to. After some faults in a row on the way to the primary (DNS, connect, TLS; never an
 * answer of the API) calls go to the backup. From time to time one call is sent to the primary as a probe; the first
 * that gets through takes all calls back.
 */
final class HostSelector {

    private static final int FAULTS_TO_SWITCH = 3;
    private static final long PROBE_INTERVAL = Duration.ofSeconds(10).toNanos();

    private final URI primary;
    private final @Nullable URI backup;
    private final LongSupplier nanoClock;
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicLong nextProbe = new AtomicLong();

    HostSelector(URI primary, @Nullable URI backup, LongSupplier nanoClock) {
        this.primary = primary;
        this.backup = backup;
        this.nanoClock = nanoClock;
    }

    URI next() {
        if (backup == null || faults.get() < FAULTS_TO_SWITCH) {
            return primary;
        }
        long due = nextProbe.get();
        long now = nanoClock.getAsLong();
        return now - due >= 0 && nextProbe.compareAndSet(due, now + PROBE_INTERVAL) ? primary : backup;
    }

    /** A call had a connection to this host. */
    void reached(URI host) {
        if (host.equals(primary)) {
            faults.set(0);
        }
    }

    /**
     * A call could not be brought to this host.
     *
     * @return whether it was given up with this
     */
    boolean missed(URI host) {
        boolean givenUp = host.equals(primary) && faults.incrementAndGet() == FAULTS_TO_SWITCH && backup != null;
        if (givenUp) {
            nextProbe.set(nanoClock.getAsLong() + PROBE_INTERVAL);
        }
        return givenUp;
    }
}
