/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.reactor.internal.micrometer.Histograms;
import io.github.unfriend.reactor.micrometer.UnfriendMeter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Gives the application's {@link ObservationRegistry} and {@link MeterRegistry} to the auto-configured gateway. {@code
 * management.observations.enable.unfriend} and {@code management.metrics.enable.unfriend} switch both off, as usual.
 */
@AutoConfiguration(before = UnfriendAutoConfiguration.class)
@ConditionalOnClass({ObservationRegistry.class, MeterRegistry.class})
public final class UnfriendObservationAutoConfiguration {

    /** For Boot only. */
    public UnfriendObservationAutoConfiguration() {}

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE) // before the user's: theirs has the last word
    FriendGatewayBuilderCustomizer unfriendObservationCustomizer(
            ObjectProvider<ObservationRegistry> observations, ObjectProvider<MeterRegistry> meters) {
        return builder -> {
            observations.ifUnique(builder::observationRegistry);
            meters.ifUnique(builder::meterRegistry);
        };
    }

    /** The timer of the calls is made by the handlers of the application, which know nothing of histograms. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE) // before Boot's, so that management.metrics.distribution.* changes it
    static MeterFilter unfriendCallHistogram() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                if (!id.getName().equals(UnfriendMeter.CALL.getName())) {
                    return config;
                }
                return config.merge(DistributionStatisticConfig.builder()
                        .serviceLevelObjectives(Histograms.nanos())
                        .build());
            }
        };
    }
}
