/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.sandbox.Sandbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;

/** The application's registries, as Boot sets them up, get to see the gateway. */
class UnfriendObservationAutoConfigurationTest {

    private final Sandbox sandbox = Sandbox.start();
    private final ApplicationContextRunner runner = Applications.against(sandbox)
            .withConfiguration(AutoConfigurations.of(
                    UnfriendObservationAutoConfiguration.class,
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    ObservationAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new);

    @AfterEach
    void close() {
        sandbox.dispose();
    }

    private void delete(ApplicationContext context) {
        sandbox.friends().befriend("alice", "bob");
        await(context.getBean(FriendGateway.class).delete("alice", DeleteType.SINGLE, Flux.just("bob")));
    }

    private static Timer calls(ApplicationContext context) {
        return context.getBean(MeterRegistry.class)
                .get("unfriend.call")
                .tags("api", "friend_delete", "region", "custom", "outcome", "answered", "error.category", "none")
                .timer();
    }

    @Test
    void callsAreTimedOnceWithAHistogramAndTheRestIsCounted() {
        runner.run(context -> {
            delete(context);
            assertThat(calls(context).count()).isEqualTo(1);
            assertThat(calls(context).getId().getDescription())
                    .isEqualTo("How long answers take, by how the calls ended");
            assertThat(calls(context).takeSnapshot().histogramCounts()).hasSizeGreaterThan(5);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.find("unfriend.call").timers()).hasSize(1);
            assertThat(meters.get("unfriend.accounts")
                            .tag("outcome", "deleted")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("unfriend.pacer.limit").gauges()).hasSize(Api.values().length);
        });
    }

    @Test
    void theHistogramIsTheUsersToChange() {
        runner.withPropertyValues("management.metrics.distribution.slo.unfriend.call=1s,2s")
                .run(context -> {
                    delete(context);
                    assertThat(calls(context).takeSnapshot().histogramCounts()).hasSize(2);
                });
    }

    @Test
    void observationsCanBeSwitchedOff() {
        runner.withPropertyValues("management.observations.enable.unfriend=false")
                .run(context -> {
                    delete(context);
                    assertThat(context.getBean(MeterRegistry.class)
                                    .find("unfriend.call")
                                    .timer())
                            .isNull();
                });
    }

    @Test
    void aCustomizerOfTheUsersHasTheLastWord() {
        runner.withUserConfiguration(OwnRegistry.class).run(context -> {
            delete(context);
            assertThat(context.getBean("apart", MeterRegistry.class)
                            .find("unfriend.accounts")
                            .counters())
                    .hasSize(1);
            assertThat(context.getBean(SimpleMeterRegistry.class)
                            .find("unfriend.accounts")
                            .counters())
                    .isEmpty();
        });
    }

    @Test
    void withoutRegistriesThereIsAGatewayAllTheSame() {
        Applications.against(sandbox)
                .withConfiguration(AutoConfigurations.of(UnfriendObservationAutoConfiguration.class))
                .run(this::delete);
    }

    /** Spring brings the observations along, so that an application may well have them without any meters. */
    @Test
    void observationsWithoutMetersAreEnough() {
        TestObservationRegistry observations = TestObservationRegistry.create();
        Applications.against(sandbox)
                .withConfiguration(AutoConfigurations.of(UnfriendObservationAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(MeterRegistry.class))
                .withBean(ObservationRegistry.class, () -> observations)
                .run(context -> {
                    delete(context);
                    TestObservationRegistryAssert.assertThat(observations)
                            .hasObservationWithNameEqualTo("unfriend.call");
                });
    }

    @Test
    void metersWithoutObservationsAreEnough() {
        Applications.against(sandbox)
                .withConfiguration(AutoConfigurations.of(UnfriendObservationAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
                .withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> {
                    delete(context);
                    assertThat(calls(context).count()).isEqualTo(1);
                    assertThat(calls(context).takeSnapshot().histogramCounts()).hasSizeGreaterThan(5);
                });
    }

    @Test
    void withoutMicrometerThereIsAGatewayAllTheSame() {
        Applications.against(sandbox)
                .withConfiguration(AutoConfigurations.of(UnfriendObservationAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(MeterRegistry.class, ObservationRegistry.class))
                .run(context -> {
                    assertThat(context).doesNotHaveBean(FriendGatewayBuilderCustomizer.class);
                    delete(context);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnRegistry {

        @Bean(autowireCandidate = false)
        MeterRegistry apart() {
            return new SimpleMeterRegistry();
        }

        @Bean
        FriendGatewayBuilderCustomizer customizer(ApplicationContext context) {
            return builder -> builder.meterRegistry(context.getBean("apart", MeterRegistry.class));
        }
    }
}
