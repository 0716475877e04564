/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.Api;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** A pacer whose permits come from a test, and which counts what becomes of them. */
final class StubPacer implements Pacer {

    final AtomicInteger acquired = new AtomicInteger();
    final AtomicInteger written = new AtomicInteger();
    final AtomicInteger givenBack = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger(Integer.MAX_VALUE);
    private final Supplier<Mono<Permit>> permits;

    StubPacer(Supplier<Mono<Permit>> permits) {
        this.permits = permits;
    }

    /** Every permit comes this long after it was asked for. */
    static StubPacer after(Duration time) {
        StubPacer[] self = new StubPacer[1];
        self[0] = new StubPacer(() -> Mono.delay(time).map(tick -> self[0].permit()));
        return self[0];
    }

    /** After so many looks at its state the next one throws. */
    StubPacer showingItsState(int times) {
        looks.set(times);
        return this;
    }

    Permit permit() {
        return new Permit() {
            @Override
            public void written(String host) {
                written.incrementAndGet();
            }

            @Override
            public void answered(boolean byService) {
                // not counted
            }

            @Override
            public void giveBack() {
                givenBack.incrementAndGet();
            }
        };
    }

    @Override
    public Mono<Permit> acquire(Api api) {
        acquired.incrementAndGet();
        return permits.get();
    }

    @Override
    public void slowDown(Api api) {
        // nothing to slow down
    }

    @Override
    public void pause(Api api, Duration duration) {
        // nothing to pause
    }

    @Override
    public PacerState state(Api api) {
        if (looks.getAndDecrement() == 0) {
            throw new IllegalStateException("no state");
        }
        return new PacerState(200, 0, 0, Duration.ZERO, written.get());
    }

    @Override
    public void dispose() {
        // nothing to end
    }
}
