/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import io.github.unfriend.reactor.internal.lease.LeaseConfig;
import io.github.unfriend.reactor.internal.lease.LeaseKeeper;
import io.github.unfriend.reactor.internal.lease.LeaseReply;
import io.github.unfriend.reactor.internal.lease.LeaseRequest;
import java.time.Duration;
import reactor.core.publisher.Mono;
import redis.clients.jedis.Jedis;

/** One process of a {@link World} whose places are leased, put together as the pacer over Redis is. */
final class LeasedPacer implements Pacer {

    private final SlidingPacer local;
    private final LeaseKeeper keeper;

    LeasedPacer(World world, int limit, Jedis redis) {
        LeaseConfig config = new LeaseConfig(limit, 1, 0);
        ModelRedis store = new ModelRedis(world, redis, ModelRedis.script(), config);
        this.local = new SlidingPacer(
                new SlidingPacerConfig(limit, 10 * MILLI, SlidingPacerConfig.NO_CAP, 100_000, world::clock), world);
        this.keeper = new LeaseKeeper(
                local.places(Callers.API),
                request -> store.ask("process", request, reply -> world.onClient(0, reply)),
                config,
                world,
                0,
                new LeaseKeeper.LeaseWatcher() {
                    @Override
                    public void answered(LeaseRequest request, LeaseReply reply) {
                        if (reply.pauseMillis() > 0) {
                            local.pause(Callers.API, Duration.ofMillis(reply.pauseMillis()));
                        }
                    }

                    @Override
                    public void failed(Throwable error) {}
                });
    }

    SlidingPacer local() {
        return local;
    }

    @Override
    public Mono<Permit> acquire(Api api) {
        return local.acquire(api).doOnRequest(demand -> keeper.wake());
    }

    @Override
    public void slowDown(Api api) {
        keeper.refused();
    }

    @Override
    public void pause(Api api, Duration duration) {
        local.pause(api, duration);
        keeper.pause(duration);
    }

    @Override
    public PacerState state(Api api) {
        return local.state(api);
    }

    @Override
    public void dispose() {
        keeper.close();
        local.dispose();
    }
}
