/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Lets every call pass; keeps no count. */
public final class UnpacedPacer implements Pacer {

    private static final Permit FREE = new Permit() {
        @Override
        public void written() {}

        @Override
        public void answered() {}

        @Override
        public void giveBack() {}
    };

    private volatile boolean disposed;

    /** A pacer without a limit. */
    public UnpacedPacer() {}

    @Override
    public Mono<Permit> acquire(Api api) {
        return Mono.just(FREE);
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
        return new PacerState(Integer.MAX_VALUE, 0, 0, Duration.ZERO);
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
