/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The local pacer: a {@link ApiPacer} for each API, one clock and one timer thread for all. */
public final class SlidingPacer implements Pacer {

    private final Map<Api, ApiPacer> apis = new EnumMap<>(Api.class);
    private final Scheduler timer;
    private final boolean ownsTimer;
    private volatile boolean disposed;

    /**
     * A pacer with all its places free.
     *
     * @param config its figures
     * @param scheduler where its timer runs, or null for a daemon thread of its own
     */
    public SlidingPacer(SlidingPacerConfig config, @Nullable Scheduler scheduler) {
        // Not the parallel scheduler: the application's work there would make the timer late, and the rate low.
        ownsTimer = scheduler == null;
        timer = scheduler != null ? scheduler : Schedulers.newSingle("unfriend-pacer", true);
        for (Api api : Api.values()) {
            apis.put(api, new ApiPacer(config, timer));
        }
    }

    @Override
    public Mono<Permit> acquire(Api api) {
        return of(api);
    }

    @Override
    public void slowDown(Api api) {
        of(api).refused();
    }

    @Override
    public void pause(Api api, Duration duration) {
        if (!duration.isNegative()) {
            of(api).pause(TimeUnit.NANOSECONDS.convert(duration));
        }
    }

    @Override
    public void hostLost(String host) {
        apis.values().forEach(pacer -> pacer.lost(host));
    }

    @Override
    public PacerState state(Api api) {
        return of(api).state();
    }

    @Override
    public void dispose() {
        disposed = true;
        apis.values().forEach(ApiPacer::close);
        if (ownsTimer) {
            timer.dispose();
        }
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }

    /** The places of one API, for whoever leases them. */
    public LeasedPlaces places(Api api) {
        return of(api);
    }

    ApiPacer of(Api api) {
        return Objects.requireNonNull(apis.get(api), "api");
    }
}
