/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.micrometer;

import io.github.unfriend.reactor.micrometer.CallContext;
import io.github.unfriend.reactor.micrometer.UnfriendObservation;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Times calls where no observation handler does: the same timer that Micrometer's own handler makes of the observation,
 * with a histogram. Thread-safe.
 */
final class CallTimer {

    private final MeterRegistry registry;

    CallTimer(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Starts to time a call, behind the handlers.
     *
     * @return to be told when the call has ended; null if a handler times it: Micrometer's leave their sample here
     */
    @Nullable
    Consumer<CallContext> start(CallContext context) {
        if (context.containsKey(Timer.Sample.class)) {
            return null;
        }
        Timer.Sample sample = Timer.start(registry);
        return ended -> sample.stop(timer(ended));
    }

    private Timer timer(CallContext context) {
        boolean good = context.errorCategory().equals(CallContext.NOT_KNOWN);
        Tags tags = Tags.of(
                UnfriendMeter.Key.ERROR.asString(), good ? CallContext.NOT_KNOWN : CallFailure.class.getSimpleName());
        for (KeyValue pair : UnfriendObservation.CallConvention.STANDARD.getLowCardinalityKeyValues(context)) {
            tags = tags.and(pair.getKey(), pair.getValue());
        }
        return Timer.builder(UnfriendMeter.CALL.getName())
                .description(UnfriendMeter.CALL.description())
                .tags(tags)
                .serviceLevelObjectives(Histograms.buckets())
                .register(registry);
    }
}
