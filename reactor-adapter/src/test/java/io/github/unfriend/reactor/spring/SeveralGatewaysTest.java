/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.FriendGatewayBuilder;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import readme.Several;

/** Gateways of the application's own, made with the builder that it is given. */
class SeveralGatewaysTest {

    private static final Friendship ALICE_AND_BOB = new Friendship("alice", "bob");
    private static final int OTHER_APP = 1_400_000_999;

    private static final Sandbox ONE = Sandbox.start();
    private static final Sandbox OTHER =
            Sandbox.start(SandboxOptions.builder().sdkAppId(OTHER_APP).build());

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    UnfriendAutoConfiguration.class,
                    UnfriendObservationAutoConfiguration.class,
                    UnfriendHealthContributorAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new);

    @Configuration(proxyBeanMethods = false)
    static class Two {

        @Bean
        FriendGateway one(FriendGatewayBuilder builder) {
            return builder.credentials(Credentials.of(SandboxOptions.SDK_APP_ID, "administrator", Applications.KEY))
                    .endpoint(ONE.uri())
                    .build();
        }

        @Bean
        FriendGateway other(FriendGatewayBuilder builder) {
            return builder.credentials(Credentials.of(OTHER_APP, "administrator", Applications.KEY))
                    .endpoint(OTHER.uri())
                    .build();
        }
    }

    @Test
    void eachHasItsOwnMetersAndHealthAndIsClosedWithTheContext() {
        ONE.friends().befriend("alice", "bob");
        OTHER.friends().befriend("alice", "bob");
        List<FriendGateway> gateways = new ArrayList<>();
        runner.withUserConfiguration(Two.class)
                .withPropertyValues("unfriend.calls-per-second=50")
                .run(context -> {
                    assertThat(context.getBeansOfType(FriendGateway.class)).containsOnlyKeys("one", "other");
                    gateways.addAll(context.getBeansOfType(FriendGateway.class).values());
                    for (FriendGateway gateway : gateways) {
                        assertThat(await(gateway.delete(DeleteType.SINGLE, ALICE_AND_BOB))
                                        .outcome())
                                .isEqualTo(Outcome.DELETED);
                    }
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    for (long app : new long[] {SandboxOptions.SDK_APP_ID, OTHER_APP}) {
                        assertThat(meters.find("unfriend.accounts")
                                        .tag("sdk.app.id", Long.toString(app))
                                        .counters())
                                .singleElement()
                                .satisfies(
                                        counter -> assertThat(counter.count()).isEqualTo(1));
                        assertThat(meters.find("unfriend.pacer.limit")
                                        .tag("sdk.app.id", Long.toString(app))
                                        .gauges())
                                .hasSize(2)
                                .allMatch(gauge -> gauge.value() == 50);
                    }
                    CompositeReactiveHealthContributor health =
                            context.getBean("unfriendHealthContributor", CompositeReactiveHealthContributor.class);
                    assertThat(health.getContributor("one")).isNotNull();
                    assertThat(health.getContributor("other")).isNotNull();
                });
        assertThat(gateways).hasSize(2).allMatch(FriendGateway::isDisposed);
    }

    @Test
    void aBuilderIsThereWithoutAnyProperty() {
        runner.run(context -> {
            assertThat(context).doesNotHaveBean(FriendGateway.class);
            assertThat(context.getBean(FriendGatewayBuilder.class))
                    .isNotSameAs(context.getBean(FriendGatewayBuilder.class));
        });
        runner.withPropertyValues("unfriend.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(FriendGatewayBuilder.class));
    }

    @Test
    void aFigureThatCannotBeRightIsNamed() {
        runner.withUserConfiguration(Two.class)
                .withPropertyValues("unfriend.calls-per-second=0")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(UnusablePropertiesException.class)
                        .hasMessageContaining("unfriend.calls-per-second"));
    }

    @Test
    void asTheReadmeShows() {
        runner.withUserConfiguration(Several.class)
                .withPropertyValues("keys.europe=key-1", "keys.asia=key-2")
                .run(context ->
                        assertThat(context.getBeansOfType(FriendGateway.class)).containsOnlyKeys("europe", "asia"));
    }
}
