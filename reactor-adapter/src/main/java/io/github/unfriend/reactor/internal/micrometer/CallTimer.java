/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.micrometer;

import io.github.unfriend.reactor.micrometer.CallContext;
import io.github.unfriend.reactor.micrometer.UnfriendMeter;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

/**
 * Times calls where the user gave a meter registry and no observation registry: the same timer that Micrometer's own
 * handler makes of the observation, with a histogram.
 */
final class CallTimer implements MeterObservationHandler<CallContext> {

    private final MeterRegistry registry;

    CallTimer(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof CallContext;
    }

    @Override
    public void onStart(CallContext context) {
        context.put(Timer.Sample.class, Timer.start(registry));
    }

    @Override
    public void onStop(CallContext context) {
        Timer.Sample sample = context.getRequired(Timer.Sample.class);
        Throwable error = context.getError();
        Tags tags = Tags.of("error", error == null ? "none" : error.getClass().getSimpleName());
        for (KeyValue pair : context.getLowCardinalityKeyValues()) {
            tags = tags.and(Tag.of(pair.getKey(), pair.getValue()));
        }
        sample.stop(Timer.builder(UnfriendMeter.CALL.getName())
                .description(UnfriendMeter.CALL.description())
                .tags(tags)
                .serviceLevelObjectives(Histograms.buckets())
                .register(registry));
    }
}
