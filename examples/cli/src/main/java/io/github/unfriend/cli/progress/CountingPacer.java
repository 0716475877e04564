/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.progress;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Mono;

/** Counts the calls that left, whatever became of them. */
public final class CountingPacer implements Pacer {

    private final Pacer pacer;
    private final LongAdder calls = new LongAdder();

    /**
     * Counts for another pacer.
     *
     * @param pacer does the pacing; disposed with this one
     */
    public CountingPacer(Pacer pacer) {
        this.pacer = pacer;
    }

    /**
     * How many calls left.
     *
     * @return their number so far, repeated ones included
     */
    public long calls() {
        return calls.sum();
    }

    @Override
    public Mono<Permit> acquire(Api api) {
        return pacer.acquire(api).map(permit -> new CountingPermit(permit, calls));
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

    private static final class CountingPermit implements Permit {
        private final Permit permit;
        private final LongAdder calls;
        /** A permit may be told more than once. */
        private final AtomicBoolean counted = new AtomicBoolean();

        CountingPermit(Permit permit, LongAdder calls) {
            this.permit = permit;
            this.calls = calls;
        }

        @Override
        public void written() {
            if (counted.compareAndSet(false, true)) {
                calls.increment();
            }
            permit.written();
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
