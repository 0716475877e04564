/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.Permit;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.reactor.redis.LocalRedis;
import io.github.unfriend.reactor.redis.RedisPacer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A pacer over Redis by properties. No Redis is needed: it connects when the first call wants a permit. */
class UnfriendRedisAutoConfigurationTest {

    private static final String URI = "unfriend.redis.uri=redis://user:hidden-password@localhost:1";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(UnfriendAutoConfiguration.class, UnfriendRedisAutoConfiguration.class))
            .withPropertyValues(
                    "unfriend.sdk-app-id=1400000000",
                    "unfriend.administrator=administrator",
                    "unfriend.secret-key=key",
                    "unfriend.region=singapore");

    @Test
    void thereIsNoneUnlessItIsEnabled() {
        runner.withPropertyValues(URI).run(context -> assertThat(context).doesNotHaveBean(Pacer.class));
    }

    @Test
    void theGatewayHasThePacer() {
        runner.withPropertyValues(
                        "unfriend.redis.enabled=true",
                        URI,
                        "unfriend.redis.processes=4",
                        "unfriend.redis.fallback-calls-per-second=10")
                .run(context -> {
                    assertThat(context).hasSingleBean(RedisPacer.class).hasSingleBean(FriendGateway.class);
                    assertThat(context.getBean(RedisPacer.class)
                                    .state(Api.FRIEND_DELETE)
                                    .callsPerSecond())
                            .isEqualTo(10);
                    SimpleMeterRegistry registry = new SimpleMeterRegistry();
                    context.getBean(MeterBinder.class).bindTo(registry);
                    assertThat(registry.find("unfriend.lease.held").gauges()).hasSize(2);
                    assertThat(context.getBean(UnfriendRedisProperties.class).toString())
                            .doesNotContain("hidden-password");
                });
    }

    @Test
    void aPacerOfTheApplicationsOwnReplacesIt() {
        runner.withPropertyValues("unfriend.redis.enabled=true", URI)
                .withBean("own", Pacer.class, Pacer::unpaced)
                .run(context -> assertThat(context).doesNotHaveBean(RedisPacer.class));
    }

    @Test
    void figuresThatDoNotFitAreNamed() {
        runner.withPropertyValues(
                        "unfriend.redis.enabled=true",
                        URI,
                        "unfriend.redis.processes=100",
                        "unfriend.redis.fallback-calls-per-second=10")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("fallbackCallsPerSecond"));
    }

    /** Without a URI, what the application itself calls Redis with is used: standalone, and as a cluster. */
    @Test
    void theApplicationsOwnConnectionIsUsed() {
        try (LocalRedis redis = new LocalRedis()) {
            RedisStandaloneConfiguration address = new RedisStandaloneConfiguration("127.0.0.1", redis.port());
            leasesOver(runner.withBean(LettuceConnectionFactory.class, () -> new LettuceConnectionFactory(address)));
            leasesOver(runner.withBean(RedisClient.class, () -> RedisClient.create(redis.uri())));
        }
        try (LocalRedis cluster = LocalRedis.cluster()) {
            RedisClusterConfiguration nodes = new RedisClusterConfiguration(List.of("127.0.0.1:" + cluster.port()));
            leasesOver(runner.withBean(LettuceConnectionFactory.class, () -> new LettuceConnectionFactory(nodes)));
            leasesOver(runner.withBean(RedisClusterClient.class, () -> RedisClusterClient.create(cluster.uri())));
        }
    }

    private static void leasesOver(ApplicationContextRunner application) {
        application.withPropertyValues("unfriend.redis.enabled=true").run(context -> {
            RedisPacer pacer = context.getBean(RedisPacer.class);
            Permit permit = Sandboxes.await(pacer.acquire(Api.FRIEND_DELETE));
            assertThat(pacer.lease(Api.FRIEND_DELETE).holds()).isPositive();
            permit.giveBack();
        });
    }

    @Test
    void anApplicationWithoutAnyRedisIsToldWhatToDo() {
        runner.withPropertyValues("unfriend.redis.enabled=true")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("set unfriend.redis.uri"));
    }

    @Test
    void withoutMicrometerThePacerIsThere() {
        runner.withClassLoader(new FilteredClassLoader(MeterBinder.class))
                .withPropertyValues("unfriend.redis.enabled=true", URI)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RedisPacer.class));
    }

    @Test
    void withoutLettuceNothingIsLoaded() {
        runner.withClassLoader(new FilteredClassLoader(RedisClient.class))
                .withPropertyValues("unfriend.redis.enabled=true")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(FriendGateway.class));
    }
}
