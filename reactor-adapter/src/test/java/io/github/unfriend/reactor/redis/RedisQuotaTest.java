/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.Api;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.reactor.Permit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of leases: who holds what, and the meters. */
@Timeout(60)
class RedisQuotaTest {

    private static final Duration TIME = Duration.ofSeconds(10);

    private LocalRedis redis;
    private RedisPacer pacer;

    LocalRedis server() {
        return new LocalRedis();
    }

    @BeforeEach
    void start() {
        redis = server();
        pacer = RedisPacer.builder(redis.uri())
                .sdkAppId(7)
                .processName("orders-1")
                .build();
    }

    @AfterEach
    void stop() {
        pacer.dispose();
        redis.close();
    }

    private void call(Api api) {
        Permit permit = pacer.acquire(api).blockOptional(TIME).orElseThrow();
        permit.written("host");
        permit.answered(true);
    }

    private double meter(SimpleMeterRegistry registry, String name) {
        return registry.get("unfriend.lease." + name)
                .tags("api", "friend_delete", "sdk.app.id", "7")
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    @Test
    void nobodyHoldsAnythingBeforeTheFirstCall() {
        RedisQuota quota = pacer.quota(Api.FRIEND_DELETE).blockOptional(TIME).orElseThrow();
        assertThat(quota.holders()).isEmpty();
        assertThat(quota.limit()).isEqualTo(-1);
        assertThat(pacer.lease(Api.FRIEND_DELETE)).isEqualTo(new RedisLease(0, 0, 0, Duration.ZERO, 0));
    }

    @Test
    void whoHoldsWhatIsSeenByAll() {
        RedisPacer other = RedisPacer.builder(redis.uri()).sdkAppId(7).build();
        try {
            call(Api.FRIEND_DELETE);
            RedisQuota quota =
                    other.quota(Api.FRIEND_DELETE).blockOptional(TIME).orElseThrow();
            assertThat(quota.limit()).isEqualTo(200);
            assertThat(quota.pausedFor()).isZero();
            assertThat(quota.holders()).hasSize(1);
            RedisQuota.Holder holder = quota.holders().get(0);
            assertThat(holder.process()).startsWith("orders-1-");
            assertThat(holder.holds()).isBetween(1, 200);
            assertThat(holder.expiresIn()).isPositive().isLessThan(Duration.ofSeconds(3));
            assertThat(other.quota(Api.FRIEND_DELETE_ALL)
                            .blockOptional(TIME)
                            .orElseThrow()
                            .holders())
                    .isEmpty();
        } finally {
            other.dispose();
        }
    }

    @Test
    void metersShowTheLease() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new RedisPacerMeters(pacer).bindTo(registry);
        assertThat(meter(registry, "held")).isZero();
        call(Api.FRIEND_DELETE);
        assertThat(meter(registry, "held")).isBetween(1.0, 200.0);
        assertThat(meter(registry, "wanted")).isBetween(1.0, 200.0);
        assertThat(meter(registry, "age")).isLessThan(1);
        assertThat(registry.getMeters()).hasSize(8);
    }

    @Test
    void whereRedisIsAwayThatIsSaid() throws InterruptedException {
        redis.stop();
        assertThatThrownBy(() -> pacer.quota(Api.FRIEND_DELETE).block(TIME)).hasMessageContaining("Unable to connect");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new RedisPacerMeters(pacer).bindTo(registry);
        pacer.acquire(Api.FRIEND_DELETE).subscribe(permit -> {}, closed -> {});
        for (int i = 0; meter(registry, "errors") == 0 && i < 500; i++) {
            Thread.sleep(10);
        }
        assertThat(meter(registry, "errors")).isPositive();
    }

    @Test
    void aNameThatWouldBreakTheTableIsRefused() {
        assertThatThrownBy(() -> RedisPacer.builder(redis.uri()).processName("a b"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("processName");
    }
}
