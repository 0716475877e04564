/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.RetryPolicy;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import reactor.core.publisher.Flux;

/** When there is a gateway, and what it is made of. */
class UnfriendAutoConfigurationTest {

    @Test
    void fourPropertiesMakeAGatewayThatDeletes() {
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.friends().befriend("alice", "bob");
            Applications.against(sandbox).run(context -> {
                FriendGateway gateway = context.getBean(FriendGateway.class);
                List<ResultItem> results = await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob", "carol")));
                assertThat(results).extracting(ResultItem::outcome).contains(Outcome.DELETED);
                assertThat(sandbox.friends().count("alice")).isZero();
            });
        }
    }

    @Test
    void bootFindsTheAutoConfigurationsByThemselves() {
        assertThat(org.springframework.boot.context.annotation.ImportCandidates.load(
                        org.springframework.boot.autoconfigure.AutoConfiguration.class,
                        getClass().getClassLoader()))
                .contains(
                        UnfriendAutoConfiguration.class.getName(),
                        UnfriendHealthContributorAutoConfiguration.class.getName());
    }

    @Test
    void withoutAWordAboutItThereIsNoGatewayAndNoFault() {
        Applications.empty()
                .withPropertyValues("unfriend.calls-per-second=100")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(FriendGateway.class));
    }

    @Test
    void itCanBeSwitchedOff() {
        Applications.configured()
                .withPropertyValues("unfriend.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(FriendGateway.class));
    }

    @Test
    void aGatewayOfTheUsersOwnIsTheOnlyOneAndIsClosedToo() {
        List<FriendGateway> mine = new ArrayList<>();
        Applications.configured().withUserConfiguration(OwnGateway.class).run(context -> {
            assertThat(context).hasSingleBean(FriendGateway.class).hasBean("mine");
            mine.add(context.getBean(FriendGateway.class));
            assertThat(mine).noneMatch(FriendGateway::isDisposed);
        });
        assertThat(mine).hasSize(1).allMatch(FriendGateway::isDisposed);
    }

    @Test
    void environmentVariablesAreReadInTheUsualSpelling() {
        Applications.empty()
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new org.springframework.core.env.SystemEnvironmentPropertySource(
                                        "systemEnvironment",
                                        java.util.Map.of(
                                                "UNFRIEND_SDK_APP_ID", "1400000000",
                                                "UNFRIEND_ADMINISTRATOR", "administrator",
                                                "UNFRIEND_SECRET_KEY", Applications.KEY,
                                                "UNFRIEND_REGION", "Silicon Valley"))))
                .run(context -> assertThat(context).hasSingleBean(FriendGateway.class));
    }

    /** Left out silently, each of them would be a limit that is not kept. */
    @Test
    void twoPacersAndNoneOfThemPrimaryIsAnError() {
        Applications.configured()
                .withBean("one", Pacer.class, Pacer::unpaced)
                .withBean("another", Pacer.class, Pacer::unpaced)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(NoUniqueBeanDefinitionException.class));
    }

    @Test
    void aPacerOfTheUsersOwnIsUsedAndLeftOpen() {
        Applications.configured().withUserConfiguration(OwnPacer.class).run(context -> {
            FriendGateway gateway = context.getBean(FriendGateway.class);
            assertThat(gateway.pacer()).isSameAs(context.getBean(Pacer.class));
            gateway.dispose();
            assertThat(gateway.pacer().isDisposed()).isFalse();
        });
    }

    @Test
    void aRetryPolicyOfTheUsersOwnIsUsed() {
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.misbehave(FaultPlan.parse("code:30006=1", 1));
            Applications.against(sandbox)
                    .withUserConfiguration(NeverAgain.class)
                    .run(context -> {
                        FriendGateway gateway = context.getBean(FriendGateway.class);
                        await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")));
                        assertThat(sandbox.score().calls()).isEqualTo(1);
                    });
        }
    }

    @Test
    void customizersHaveTheLastWordInTheirOrder() {
        Applications.configured().withUserConfiguration(Customizers.class).run(context -> {
            assertThat(context.getBean(Customizers.class).called).containsExactly("first", "second");
            assertThat(callsPerSecond(context.getBean(FriendGateway.class))).isEqualTo(50);
        });
    }

    @Test
    void figuresReachTheGateway() {
        Applications.configured()
                .withPropertyValues("unfriend.calls-per-second=20")
                .run(context -> assertThat(callsPerSecond(context.getBean(FriendGateway.class)))
                        .isEqualTo(20));
    }

    @Test
    void nothingOfTheActuatorIsNeeded() {
        Applications.configured()
                .withConfiguration(AutoConfigurations.of(UnfriendAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(SanitizingFunction.class, ReactiveHealthContributor.class))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(FriendGateway.class);
                    assertThat(context).doesNotHaveBean("unfriendHealthContributor");
                    assertThat(context).doesNotHaveBean("unfriendSecretKeySanitizingFunction");
                });
    }

    private static int callsPerSecond(FriendGateway gateway) {
        return gateway.pacer().state(Api.FRIEND_DELETE).callsPerSecond();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnGateway {
        @Bean(destroyMethod = "dispose")
        FriendGateway mine() {
            return FriendGateway.builder()
                    .credentials(Sandboxes.CREDENTIALS)
                    .region(io.github.unfriend.Region.SEOUL)
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnPacer {
        @Bean
        Pacer pacer() {
            return Pacer.unpaced();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NeverAgain {
        @Bean
        RetryPolicy retryPolicy() {
            return RetryPolicy.builder().maxAttempts(1).baseDelay(Duration.ZERO).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {
        final List<String> called = new ArrayList<>();

        @Bean
        @Order(2)
        FriendGatewayBuilderCustomizer second() {
            return builder -> {
                called.add("second");
                builder.callsPerSecond(50);
            };
        }

        @Bean
        @Order(1)
        FriendGatewayBuilderCustomizer first() {
            return builder -> {
                called.add("first");
                builder.callsPerSecond(70);
            };
        }
    }
}
