/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import io.github.unfriend.Api;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * The meters of a {@link RedisPacer}: {@code new RedisPacerMeters(pacer).bindTo(registry)}. Spring Boot does it by itself
 * where the pacer comes from {@code unfriend.redis.*}. Each has the tags {@code api} and {@code sdk.app.id}; the
 * registry holds the pacer.
 *
 * <ul>
 *   <li>{@code unfriend.lease.held}: places that this process has
 *   <li>{@code unfriend.lease.wanted}: places that it could use
 *   <li>{@code unfriend.lease.age}: seconds since Redis last answered
 *   <li>{@code unfriend.lease.errors}: requests without a useful answer
 * </ul>
 */
public final class RedisPacerMeters implements MeterBinder {

    private final RedisPacer pacer;

    /**
     * Binds nothing yet.
     *
     * @param pacer whose meters they are
     */
    public RedisPacerMeters(RedisPacer pacer) {
        this.pacer = pacer;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Api api : Api.values()) {
            Tags tags = Tags.of("api", api.command(), "sdk.app.id", Long.toString(pacer.sdkAppId()));
            gauge(registry, tags, api, "held", "places", "Places that this process has", RedisLease::holds);
            gauge(registry, tags, api, "wanted", "places", "Places that this process could use", RedisLease::wants);
            gauge(registry, tags, api, "age", "seconds", "Time since Redis last answered", RedisPacerMeters::seconds);
            FunctionCounter.builder(
                            "unfriend.lease.errors",
                            pacer,
                            each -> each.lease(api).errors())
                    .description("Requests to Redis without a useful answer")
                    .baseUnit("requests")
                    .tags(tags)
                    .register(registry);
        }
    }

    private static double seconds(RedisLease lease) {
        return lease.age().toMillis() / 1e3;
    }

    private void gauge(
            MeterRegistry registry,
            Tags tags,
            Api api,
            String name,
            String unit,
            String description,
            ToDoubleFunction<RedisLease> figure) {
        Gauge.builder("unfriend.lease." + name, pacer, each -> figure.applyAsDouble(each.lease(api)))
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
