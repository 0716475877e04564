/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.micrometer;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.internal.observation.CallListener;
import io.github.unfriend.reactor.internal.observation.GatewayListener;
import io.github.unfriend.reactor.micrometer.CallContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Shows one gateway through Micrometer. Registries and handlers are the user's, and what they throw stays here: a broken
 * handler must not keep a permit, nor end a stream.
 */
public final class MicrometerListener implements GatewayListener {

    private final ObservationRegistry observations;
    /** Both are null without a meter registry: then Micrometer's core may be missing, and its classes are not touched. */
    private final @Nullable Meters meters;

    private final @Nullable CallTimer timer;
    private final long sdkAppId;
    private final String region;
    private final UserHandlers handlers = new UserHandlers();

    /**
     * Registers nothing yet.
     *
     * @param observations where calls are observed, or null
     * @param meters where meters are registered, or null
     * @param sdkAppId who calls
     * @param region the name of the region
     */
    public MicrometerListener(
            @Nullable ObservationRegistry observations, @Nullable MeterRegistry meters, long sdkAppId, String region) {
        this.observations = observations == null ? ObservationRegistry.NOOP : observations;
        this.meters = meters == null ? null : new Meters(meters, sdkAppId, region);
        this.timer = meters == null ? null : new CallTimer(meters);
        this.sdkAppId = sdkAppId;
        this.region = region;
    }

    @Override
    public void opened(Pacer pacer, IntSupplier retryBudget) {
        if (meters != null) {
            handlers.quietly(() -> meters.showState(pacer, retryBudget));
        }
    }

    @Override
    public CallListener call(Api api, int accounts, int attempt, ContextView subscriber) {
        CallContext context = new CallContext(api, region, sdkAppId, accounts, attempt, subscriber);
        return new ObservedCall(handlers, observations, context, meters, timer);
    }

    @Override
    public void result(Api api, int code, String info) {
        if (meters != null) {
            handlers.quietly(() -> meters.count(api, code, info));
        }
    }

    @Override
    public void closed() {
        if (meters != null) {
            handlers.quietly(meters::hideState);
        }
    }
}
