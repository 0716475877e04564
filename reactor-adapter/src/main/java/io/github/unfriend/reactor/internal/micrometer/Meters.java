/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.micrometer;

import io.github.unfriend.Api;
import io.github.unfriend.ErrorCategory;
import io.github.unfriend.ErrorCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.micrometer.UnfriendMeter;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/** The meters of one gateway, except the timer of its calls. Thread-safe. */
final class Meters {

    private static final String OTHER_CODE = "other";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<Api, Timer> waits = new EnumMap<>(Api.class);
    /** Looked up for every account: the registry itself would build its tags anew each time. */
    private final Map<Result, Counter> results = new ConcurrentHashMap<>();

    private final Queue<Meter> shown = new ConcurrentLinkedQueue<>();

    private record Result(Api api, Outcome outcome, int code) {}

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
        for (Api api : Api.values()) {
            show(UnfriendMeter.PACER_LIMIT, tagsOf(api), pacer, in(api, PacerState::callsPerSecond));
            show(UnfriendMeter.PACER_WAITING, tagsOf(api), pacer, in(api, PacerState::waiting));
            show(UnfriendMeter.PACER_IN_FLIGHT, tagsOf(api), pacer, in(api, PacerState::inFlight));
            show(
                    UnfriendMeter.PACER_PAUSE,
                    tagsOf(api),
                    pacer,
                    in(api, state -> state.pausedFor().toMillis() / 1e3));
        }
        show(UnfriendMeter.RETRY_BUDGET, tags, retryBudget, IntSupplier::getAsInt);
    }

    private static ToDoubleFunction<Pacer> in(Api api, ToDoubleFunction<PacerState> figure) {
        return pacer -> figure.applyAsDouble(pacer.state(api));
    }

    private Tags tagsOf(Api api) {
        return tags.and(UnfriendMeter.Key.API.asString(), api.command());
    }

    /** Takes the place of the same gauge of a gateway that was there before: the registry would keep showing that. */
    private <T> void show(UnfriendMeter meter, Tags its, T what, ToDoubleFunction<T> figure) {
        Meter before = registry.find(meter.getName()).tags(its).meter();
        if (before != null) {
            registry.remove(before);
        }
        shown.add(Gauge.builder(meter.getName(), what, figure)
                .description(meter.description())
                .baseUnit(meter.getBaseUnit())
                .tags(its)
                .strongReference(true)
                .register(registry));
    }

    @SuppressWarnings("ReferenceEquality") // meters are equal by name and tags; one of a later gateway must stay
    void hideState() {
        Meter meter;
        while ((meter = shown.poll()) != null) {
            Meter.Id id = meter.getId();
            if (registry.find(id.getName()).tags(id.getTags()).meter() == meter) {
                registry.remove(meter);
            }
        }
    }
}
