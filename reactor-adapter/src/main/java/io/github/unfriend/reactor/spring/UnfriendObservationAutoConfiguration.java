/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.reactor.internal.micrometer.Histograms;
import io.github.unfriend.reactor.internal.micrometer.UnfriendMeter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Gives the application's {@link ObservationRegistry} and {@link MeterRegistry} to the auto-configured gateway, each if
 * it is there. {@code management.observations.enable.unfriend} and {@code management.metrics.enable.unfriend} switch
 * them off, as usual.
 */
@AutoConfiguration(before = UnfriendAutoConfiguration.class)
public final class UnfriendObservationAutoConfiguration {

    /** For Boot only. */
    public UnfriendObservationAutoConfiguration() {}

    /** Spring brings the class, so that it is there without any meters. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class ObservationConfiguration {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE) // before the user's: theirs has the last word
        FriendGatewayBuilderCustomizer unfriendObservationCustomizer(ObjectProvider<ObservationRegistry> observations) {
            return builder -> observations.ifUnique(builder::observationRegistry);
        }
    }

    /** Meters, without observations if the application has none. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class MeterConfiguration {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE) // before the user's, as above
        FriendGatewayBuilderCustomizer unfriendMeterCustomizer(ObjectProvider<MeterRegistry> meters) {
            return builder -> meters.ifUnique(builder::meterRegistry);
        }

        /** The timer of the calls is made by the handlers of the application, which know nothing of these two. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE) // before Boot's, so that management.metrics.distribution.* changes it
        static MeterFilter unfriendCallDescriptionAndHistogram() {
            return new MeterFilter() {
                @Override
                public Meter.Id map(Meter.Id id) {
                    boolean isUndescribed =
                            id.getDescription() == null && id.getName().equals(UnfriendMeter.CALL.getName());
                    return isUndescribed
                            ? new Meter.Id(
                                    id.getName(),
                                    Tags.of(id.getTagsAsIterable()),
                                    id.getBaseUnit(),
                                    UnfriendMeter.CALL.description(),
                                    id.getType())
                            : id;
                }

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
}
