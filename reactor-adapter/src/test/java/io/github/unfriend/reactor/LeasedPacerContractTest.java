/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.internal.lease.LeaseConfig;
import io.github.unfriend.reactor.internal.lease.LeaseKeeper;
import io.github.unfriend.reactor.internal.lease.LeaseReply;
import io.github.unfriend.reactor.internal.lease.LeaseRequest;
import io.github.unfriend.reactor.internal.pacing.SlidingPacer;
import io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A pacer whose places are leased keeps the contract, as long as a store grants them. */
class LeasedPacerContractTest extends PacerContract {

    @Override
    protected Pacer create(int callsPerSecond, int mostWaiting, LongSupplier nanoClock, Scheduler timer) {
        SlidingPacer local = new SlidingPacer(
                new SlidingPacerConfig(callsPerSecond, 10_000_000, SlidingPacerConfig.NO_CAP, mostWaiting, nanoClock),
                timer);
        Map<Api, LeaseKeeper> keepers = new EnumMap<>(Api.class);
        for (Api api : Api.values()) {
            keepers.put(
                    api,
                    new LeaseKeeper(
                            local.places(api),
                            request -> Mono.just(new LeaseReply(callsPerSecond, callsPerSecond, 0, callsPerSecond, 1)),
                            new LeaseConfig(callsPerSecond, 1, 0),
                            timer,
                            0,
                            new LeaseKeeper.LeaseWatcher() {
                                @Override
                                public void answered(LeaseRequest request, LeaseReply reply) {}

                                @Override
                                public void failed(Throwable error) {
                                    throw new AssertionError(error);
                                }
                            }));
        }
        return new Leased(local, keepers);
    }

    private record Leased(SlidingPacer local, Map<Api, LeaseKeeper> keepers) implements Pacer {

        @Override
        public Mono<Permit> acquire(Api api) {
            return local.acquire(api)
                    .doOnRequest(
                            demand -> Objects.requireNonNull(keepers.get(api)).wake());
        }

        @Override
        public void slowDown(Api api) {
            local.slowDown(api);
        }

        @Override
        public void pause(Api api, Duration duration) {
            local.pause(api, duration);
        }

        @Override
        public PacerState state(Api api) {
            return local.state(api);
        }

        @Override
        public void dispose() {
            keepers.values().forEach(LeaseKeeper::close);
            local.dispose();
        }
    }
}
