/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.calls;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import reactor.core.publisher.Mono;

/**
 * A pacer that remembers when the latest calls were written, so that a plot can show how many left in the last sliding
 * second. Counting answers in fixed seconds would show what nobody limits.
 */
public final class CallMeter implements Pacer {

    private static final long SECOND = 1_000_000_000L;
    /** More than leave in a second at any rate the service allows. */
    private static final int REMEMBERED = 4096;

    private final Pacer pacer;
    private final AtomicLongArray times = new AtomicLongArray(REMEMBERED);
    private final AtomicLong calls = new AtomicLong();

    /**
     * Watches a pacer.
     *
     * @param pacer does the pacing; disposed with this one
     */
    public CallMeter(Pacer pacer) {
        this.pacer = pacer;
    }

    /**
     * How many calls of both APIs have left.
     *
     * @return repeated ones included
     */
    public long calls() {
        return calls.get();
    }

    /**
     * How many calls have left in the second before this moment.
     *
     * @return their number
     */
    public int lastSecond() {
        long now = System.nanoTime();
        long newest = calls.get();
        int count = 0;
        for (long i = newest - 1; i >= Math.max(0, newest - REMEMBERED); i--) {
            if (now - times.get((int) (i % REMEMBERED)) >= SECOND) {
                break;
            }
            count++;
        }
        return count;
    }

    private void written() {
        times.set((int) (calls.getAndIncrement() % REMEMBERED), System.nanoTime());
    }

    @Override
    public Mono<Permit> acquire(Api api) {
        return pacer.acquire(api).map(permit -> new Watched(permit, this));
    }

    @Override
    public void slowDown(Api api) {
        pacer.slowDown(api);
    }

    @Override
    public void pause(Api api, Duration duration) {
        pacer.pause(api, duration);
    }

    @Override
    public PacerState state(Api api) {
        return pacer.state(api);
    }

    @Override
    public void dispose() {
        pacer.dispose();
    }

    @Override
    public boolean isDisposed() {
        return pacer.isDisposed();
    }

    private static final class Watched implements Permit {
        private final Permit permit;
        private final CallMeter meter;
        /** A permit may be told more than once. */
        private final AtomicBoolean counted = new AtomicBoolean();

        Watched(Permit permit, CallMeter meter) {
            this.permit = permit;
            this.meter = meter;
        }

        @Override
        public void written() {
            permit.written();
            if (counted.compareAndSet(false, true)) {
                meter.written();
            }
        }

        @Override
        public void answered() {
            permit.answered();
        }

        @Override
        public void giveBack() {
            permit.giveBack();
        }
    }
}
