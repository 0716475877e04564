/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.micrometer;

import io.github.unfriend.Api;
import io.github.unfriend.ErrorCategory;
import io.github.unfriend.ErrorCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one gateway, except the timer of its calls. Thread-safe. */
final class Meters {

    private static final String OTHER_CODE = "other";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<Api, Timer> waits = new EnumMap<>(Api.class);
    /** Looked up for every account: the registry itself would build its tags anew each time. */
    private final Map<Result, Counter> results = new ConcurrentHashMap<>();

    private final Queue<Meter> shown = new ConcurrentLinkedQueue<>();

    /** The numbers that open gateways have; a registry is held no longer than a gateway shows its state there. */
    private static final Set<Place> TAKEN = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Place place;

    private record Result(Api api, Outcome outcome, int code) {}

    /** Where a gateway stands beside others of its SDKAppID and region. */
    private record Place(MeterRegistry registry, Tags tags, int number) {

        static Place free(MeterRegistry registry, Tags tags) {
            int number = 1;
            Place place = new Place(registry, tags, number);
            while (!TAKEN.add(place)) {
                place = new Place(registry, tags, ++number);
            }
            return place;
        }

        Tags gateway() {
            return Tags.of(UnfriendMeter.Key.GATEWAY.asString(), Integer.toString(number));
        }
    }

    Meters(MeterRegistry registry, long sdkAppId, String region) {
        this.registry = registry;
        this.tags = Tags.of(
                UnfriendMeter.Key.REGION.asString(),
                region,
                UnfriendMeter.Key.SDK_APP_ID.asString(),
                Long.toString(sdkAppId));
        for (Api api : Api.values()) {
            waits.put(
                    api,
                    Timer.builder(UnfriendMeter.PACER_WAIT.getName())
                            .description(UnfriendMeter.PACER_WAIT.description())
                            .tags(tagsOf(api))
                            .serviceLevelObjectives(Histograms.buckets())
                            .register(registry));
        }
    }

    void waited(Api api, long nanos) {
        Timer timer = waits.get(api);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    void count(Api api, int code, String info) {
        results.computeIfAbsent(new Result(api, Outcome.of(code, info), known(code)), this::counter)
                .increment();
    }

    /** Codes in no table of the vendor share one series: the service may think of any number. */
    private static int known(int code) {
        return ErrorCode.of(code).category() == ErrorCategory.UNKNOWN ? Integer.MIN_VALUE : code;
    }

    private Counter counter(Result result) {
        String code = result.code() == Integer.MIN_VALUE ? OTHER_CODE : Integer.toString(result.code());
        return Counter.builder(UnfriendMeter.ACCOUNTS.getName())
                .description(UnfriendMeter.ACCOUNTS.description())
                .baseUnit(UnfriendMeter.ACCOUNTS.getBaseUnit())
                .tags(tagsOf(result.api()))
                .tags(Tags.of(
                        UnfriendMeter.Key.OUTCOME.asString(),
                        result.outcome().name().toLowerCase(Locale.ROOT),
                        UnfriendMeter.Key.CODE.asString(),
                        code))
                .register(registry);
    }

    void showState(Pacer pacer, IntSupplier retryBudget) {
        Place its = Place.free(registry, tags);
        place = its;
        for (Api api : Api.values()) {
            Tags both = tagsOf(api).and(its.gateway());
            show(UnfriendMeter.PACER_LIMIT, both, pacer, in(api, PacerState::callsPerSecond));
            show(UnfriendMeter.PACER_WAITING, both, pacer, in(api, PacerState::waiting));
            show(UnfriendMeter.PACER_IN_FLIGHT, both, pacer, in(api, PacerState::inFlight));
            show(
                    UnfriendMeter.PACER_PAUSE,
                    both,
                    pacer,
                    in(api, state -> state.pausedFor().toMillis() / 1e3));
        }
        show(UnfriendMeter.RETRY_BUDGET, tags.and(its.gateway()), retryBudget, IntSupplier::getAsInt);
    }

    private static ToDoubleFunction<Pacer> in(Api api, ToDoubleFunction<PacerState> figure) {
        return pacer -> figure.applyAsDouble(pacer.state(api));
    }

    private Tags tagsOf(Api api) {
        return tags.and(UnfriendMeter.Key.API.asString(), api.command());
    }

    private <T> void show(UnfriendMeter meter, Tags its, T what, ToDoubleFunction<T> figure) {
        shown.add(Gauge.builder(meter.getName(), what, figure)
                .description(meter.description())
                .baseUnit(meter.getBaseUnit())
                .tags(its)
                .strongReference(true)
                .register(registry));
    }

    void hideState() {
        Meter meter;
        while ((meter = shown.poll()) != null) {
            registry.remove(meter);
        }
        Place left = place;
        if (left != null) {
            place = null;
            TAKEN.remove(left);
        }
    }
}
