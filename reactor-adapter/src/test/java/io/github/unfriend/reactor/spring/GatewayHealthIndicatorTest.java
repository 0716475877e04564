/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.Friendship;
import io.github.unfriend.Region;
import io.github.unfriend.ResultItem;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.reactor.redis.RedisPacer;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

/** What /actuator/health says of a gateway. */
class GatewayHealthIndicatorTest {

    @Test
    void anIdleGatewayIsUpAndNoCallIsMade() {
        try (Sandbox sandbox = Sandbox.start()) {
            Applications.against(sandbox).run(context -> {
                Health health = health(context);
                assertThat(health.getStatus()).isEqualTo(Status.UP);
                assertThat(health.getDetails())
                        .containsEntry("friend_delete", Map.of("callsPerSecond", 200, "waiting", 0, "inFlight", 0))
                        .containsKey("friend_delete_all");
                assertThat(sandbox.score().calls()).isZero();
            });
        }
    }

    @Test
    void aGatewayWhoseServiceDoesNotAnswerIsDownAndNamesTheHost() {
        Sandbox gone = Sandbox.start();
        gone.close();
        Applications.against(gone).run(context -> {
            FriendGateway gateway = context.getBean(FriendGateway.class);
            Disposable waiting = gateway.delete(DeleteType.SINGLE, new Friendship("alice", "bob"))
                    .subscribe(item -> {}, closed -> {});
            Sandboxes.eventually(() -> gateway.problem() != null);
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails().get("reason")).asString().contains("127.0.0.1:" + gone.port());
            waiting.dispose();
        });
    }

    @Test
    void aPausedGatewayIsUpAndSaysSo() {
        Applications.configured().run(context -> {
            context.getBean(FriendGateway.class).pacer().pause(Api.FRIEND_DELETE, Duration.ofHours(1));
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails().get("friend_delete"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .hasEntrySatisfying(
                            "pausedFor",
                            left -> assertThat(Duration.parse((String) left))
                                    .isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
        });
    }

    @Test
    void aPacerThatCannotReachItsStoreIsNamed() {
        Applications.configured()
                .withBean(
                        "redis",
                        Pacer.class,
                        () -> RedisPacer.builder("redis://localhost:1")
                                .sdkAppId(1)
                                .build())
                .run(context -> {
                    Pacer pacer = context.getBean(Pacer.class);
                    pacer.acquire(Api.FRIEND_DELETE).subscribe(permit -> {}, closed -> {});
                    Sandboxes.eventually(() -> pacer.problem() != null);
                    Health health = health(context);
                    assertThat(health.getStatus()).isEqualTo(Status.UP);
                    assertThat(health.getDetails().get("pacer")).asString().startsWith("Redis: UNREACHABLE");
                });
    }

    @Test
    void aClosedGatewayIsOutOfService() {
        Applications.configured().run(context -> {
            context.getBean(FriendGateway.class).dispose();
            assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        });
    }

    @Test
    void aGatewayThatTheServiceRefusesIsDownUntilACallIsAnswered() {
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.friends().befriend("alice", "bob");
            Applications.against(sandbox)
                    .withUserConfiguration(QuickProbes.class)
                    .run(context -> {
                        FriendGateway gateway = context.getBean(FriendGateway.class);
                        Flux<ResultItem> stream = gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob"));
                        sandbox.misbehave(FaultPlan.parse("code:70009=1", 1));
                        StepVerifier.create(stream).verifyError(FatalRefusalException.class);

                        Health health = health(context);
                        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                        assertThat(health.getDetails())
                                .containsEntry("code", 70009)
                                .containsEntry("meaning", "the UserSig does not verify")
                                .containsKey("advice");

                        sandbox.misbehave(FaultPlan.none());
                        await(stream.retryWhen(Retry.fixedDelay(50, Duration.ofMillis(20))));
                        assertThat(health(context).getStatus()).isEqualTo(Status.UP);
                    });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class QuickProbes {

        @Bean
        FriendGatewayBuilderCustomizer quickProbes() {
            return builder -> builder.probeInterval(Duration.ofMillis(100));
        }
    }

    @Test
    void severalGatewaysAreNamed() {
        Applications.empty()
                .withUserConfiguration(TwoGateways.class)
                .run(context -> assertThat(context.getBean(CompositeReactiveHealthContributor.class).stream()
                                .map(ReactiveHealthContributors.Entry::name))
                        .containsExactlyInAnyOrder("europe", "asia"));
    }

    @Test
    void itCanBeSwitchedOff() {
        Applications.configured()
                .withPropertyValues("management.health.unfriend.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ReactiveHealthContributor.class));
    }

    private static Health health(ApplicationContext context) {
        ReactiveHealthIndicator indicator = context.getBean("unfriendHealthContributor", ReactiveHealthIndicator.class);
        return Objects.requireNonNull(indicator.health().block());
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoGateways {
        @Bean(destroyMethod = "dispose")
        FriendGateway europe() {
            return gateway(Region.FRANKFURT, 1_400_000_001);
        }

        @Bean(destroyMethod = "dispose")
        FriendGateway asia() {
            return gateway(Region.SINGAPORE, 1_400_000_002);
        }

        private static FriendGateway gateway(Region region, long sdkAppId) {
            return FriendGateway.builder()
                    .credentials(Credentials.of(sdkAppId, "administrator", "key"))
                    .region(region)
                    .build();
        }
    }
}
