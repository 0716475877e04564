/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.lease;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Asks a store for each call, and asks again after the time it names; such limiters know nothing of answers. */
final class AskingPacer implements Pacer {

    private static final Permit PERMIT = new Permit() {
        @Override
        public void written(String host) {}

        @Override
        public void answered(boolean byService) {}

        @Override
        public void giveBack() {}
    };

    private final Mono<Duration> question;
    private volatile boolean disposed;

    /**
     * A pacer.
     *
     * @param question how long to wait, zero if the call may leave
     */
    AskingPacer(Mono<Duration> question) {
        this.question = question;
    }

    @Override
    public Mono<Permit> acquire(Api api) {
        return question.flatMap(wait ->
                        wait.isZero() ? Mono.just(PERMIT) : Mono.delay(wait).then(Mono.<Permit>empty()))
                .repeatWhenEmpty(times -> times);
    }

    @Override
    public void slowDown(Api api) {}

    @Override
    public void pause(Api api, Duration duration) {}

    @Override
    public PacerState state(Api api) {
        return new PacerState(200, 0, 0, Duration.ZERO, 0);
    }

    @Override
    public void dispose() {
        disposed = true;
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }
}
