/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.Api;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Mono;

/** Lets every call pass; keeps no count. */
final class UnpacedPacer implements Pacer {

    /** One for all calls of an API: nothing is held, calls are only counted. */
    private static final class FreePermit implements Permit {
        private final LongAdder calls = new LongAdder();

        @Override
        public void written(String host) {
            calls.increment();
        }

        @Override
        public void answered(boolean byService) {}

        @Override
        public void giveBack() {}
    }

    private final Map<Api, FreePermit> permits = new EnumMap<>(Api.class);

    private volatile boolean disposed;

    /** A pacer without a limit. */
    UnpacedPacer() {
        for (Api api : Api.values()) {
            permits.put(api, new FreePermit());
        }
    }

    @Override
    public Mono<Permit> acquire(Api api) {
        return Mono.just(permit(api));
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
        return new PacerState(
                Integer.MAX_VALUE, 0, 0, Duration.ZERO, permit(api).calls.sum());
    }

    @Override
    public void dispose() {
        disposed = true;
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }

    private FreePermit permit(Api api) {
        return Objects.requireNonNull(permits.get(api), "api");
    }
}
