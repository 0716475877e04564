/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Several gateways, each with a pacer of its own, a real Redis and a real server. */
@Tag("promise-2")
class RedisPacerTest {

    private static final int OWNERS = 100;
    /** Threads of the server wait for a core: one request is overtaken by another by far more than on a network. */
    static final Duration GUARD = Duration.ofMillis(100);

    private LocalRedis redis;
    private Sandbox sandbox;
    private final List<Disposable> work = new ArrayList<>();
    private final List<FriendGateway> gateways = new ArrayList<>();
    private final List<RedisPacer> pacers = new ArrayList<>();

    @BeforeEach
    void start() {
        redis = new LocalRedis();
        sandbox = Sandbox.start();
        sandbox.friends().generate(OWNERS, 10);
    }

    @AfterEach
    void stop() {
        work.forEach(Disposable::dispose);
        gateways.forEach(gateway -> gateway.disposeLater(Duration.ofSeconds(5)).block(Duration.ofSeconds(10)));
        pacers.forEach(Disposable::dispose);
        sandbox.close();
        redis.close();
    }

    private RedisPacer pacer(int processes, int fallback) {
        RedisPacer pacer = RedisPacer.builder(redis.uri())
                .sdkAppId(SandboxOptions.SDK_APP_ID)
                .processes(processes)
                .fallbackCallsPerSecond(fallback)
                .guard(GUARD)
                .build();
        pacers.add(pacer);
        return pacer;
    }

    private FriendGateway gateway(Pacer pacer) {
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox).pacer(pacer).build();
        gateways.add(gateway);
        return gateway;
    }

    /** Calls without end, each for one From_Account. */
    private void keepBusy(Pacer pacer) {
        work.add(gateway(pacer)
                .deleteAll(
                        DeleteType.SINGLE,
                        Flux.range(0, Integer.MAX_VALUE).map(i -> FriendLists.name("owner-", i % OWNERS)))
                .subscribe(result -> {}, error -> {}));
    }

    private int most() {
        return sandbox.score().mostInAnySecond(io.github.unfriend.sandbox.Api.FRIEND_DELETE_ALL);
    }

    private static void within(Duration time, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("in time").isNegative();
            Thread.sleep(20);
        }
    }

    @Test
    void fourProcessesTogetherMakeNoMoreCallsThanOne() throws InterruptedException {
        List<RedisPacer> four = List.of(pacer(1, 0), pacer(1, 0), pacer(1, 0), pacer(1, 0));
        four.forEach(this::keepBusy);
        within(
                Duration.ofSeconds(10),
                () -> pacers.stream()
                        .allMatch(each -> each.state(Api.FRIEND_DELETE_ALL).callsPerSecond() == 50));
        long before = sandbox.score().calls();
        within(Duration.ofSeconds(10), () -> sandbox.score().calls() - before > 400);
        assertThat(most()).isLessThanOrEqualTo(200);
    }

    @Test
    void withoutRedisCallsWaitAndGoOnWhenItIsBack() throws InterruptedException {
        RedisPacer pacer = pacer(1, 0);
        redis.stop();
        keepBusy(pacer);
        within(
                Duration.ofSeconds(5),
                () -> pacer.trouble().map(RedisTrouble::kind).equals(Optional.of(RedisTrouble.Kind.UNREACHABLE)));
        assertThat(sandbox.score().calls()).isZero();
        assertThat(pacer.problem()).startsWith("Redis: UNREACHABLE");
        redis.restart();
        within(Duration.ofSeconds(20), () -> sandbox.score().calls() > 100);
        assertThat(pacer.trouble()).isEmpty();
        redis.stop();
        within(Duration.ofSeconds(5), () -> pacer.state(Api.FRIEND_DELETE_ALL).callsPerSecond() == 0);
        redis.restart();
        within(Duration.ofSeconds(20), () -> pacer.state(Api.FRIEND_DELETE_ALL).callsPerSecond() == 200);
        assertThat(most()).isLessThanOrEqualTo(200);
    }

    @Test
    void theFallbackIsUsedWhileRedisIsAway() throws InterruptedException {
        RedisPacer pacer = pacer(4, 20);
        redis.stop();
        keepBusy(pacer);
        within(Duration.ofSeconds(5), () -> sandbox.score().calls() >= 40);
        assertThat(most()).isLessThanOrEqualTo(20);
        redis.restart();
        within(Duration.ofSeconds(20), () -> pacer.state(Api.FRIEND_DELETE_ALL).callsPerSecond() == 140);
    }

    @Test
    void troubleIsToldApart() throws InterruptedException {
        RedisClient client = RedisClient.create(redis.uri());
        RedisCommands<String, String> commands = client.connect().sync();
        RedisPacer pacer = pacer(1, 0);
        keepBusy(pacer);
        within(Duration.ofSeconds(10), () -> sandbox.score().calls() > 10);
        String key = "unfriend:{" + SandboxOptions.SDK_APP_ID + "}:friend_delete_all";
        assertThat(commands.hkeys(key)).anyMatch(name -> name.startsWith("p:"));
        commands.del(key);
        commands.set(key, "of another program");
        within(Duration.ofSeconds(5), () -> kind(pacer) == RedisTrouble.Kind.WRONG_TYPE);
        commands.del(key);
        within(Duration.ofSeconds(5), () -> pacer.trouble().isEmpty());
        commands.configSet("maxmemory", "1");
        within(Duration.ofSeconds(5), () -> kind(pacer) == RedisTrouble.Kind.OUT_OF_MEMORY);
        commands.configSet("maxmemory", "0");
        within(Duration.ofSeconds(5), () -> pacer.trouble().isEmpty());
        commands.replicaof("127.0.0.1", 1);
        within(Duration.ofSeconds(5), () -> kind(pacer) == RedisTrouble.Kind.READ_ONLY);
        commands.replicaofNoOne();
        within(Duration.ofSeconds(5), () -> pacer.trouble().isEmpty());
        commands.configSet("requirepass", "secret-of-redis");
        RedisPacer other = pacer(1, 0);
        keepBusy(other);
        within(Duration.ofSeconds(5), () -> kind(other) == RedisTrouble.Kind.ACCESS);
        assertThat(other.trouble().toString()).doesNotContain("secret-of-redis");
        assertThat(most()).isLessThanOrEqualTo(200);
        client.shutdown();
    }

    private static RedisTrouble.@Nullable Kind kind(RedisPacer pacer) {
        return pacer.trouble().map(RedisTrouble::kind).orElse(null);
    }

    @Test
    void aPauseReachesAll() throws InterruptedException {
        RedisPacer one = pacer(1, 0);
        RedisPacer other = pacer(1, 0);
        keepBusy(one);
        keepBusy(other);
        within(Duration.ofSeconds(10), () -> other.state(Api.FRIEND_DELETE_ALL).callsPerSecond() == 100);
        one.pause(Api.FRIEND_DELETE_ALL, Duration.ofSeconds(20));
        within(
                Duration.ofSeconds(1),
                () -> other.state(Api.FRIEND_DELETE_ALL).pausedFor().compareTo(Duration.ofSeconds(15)) > 0);
    }

    @Test
    void aRefusalIsSeenByAll() throws InterruptedException {
        RedisPacer one = pacer(1, 0);
        RedisPacer other = pacer(1, 0);
        keepBusy(one);
        keepBusy(other);
        within(Duration.ofSeconds(10), () -> other.state(Api.FRIEND_DELETE_ALL).callsPerSecond() == 100);
        one.slowDown(Api.FRIEND_DELETE_ALL);
        one.slowDown(Api.FRIEND_DELETE_ALL);
        other.slowDown(Api.FRIEND_DELETE_ALL);
        within(
                Duration.ofSeconds(3),
                () -> one.state(Api.FRIEND_DELETE_ALL).callsPerSecond() == 80
                        && other.state(Api.FRIEND_DELETE_ALL).callsPerSecond() == 80);
    }

    @Test
    void figuresThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> RedisPacer.builder(redis.uri()).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("sdkAppId");
        assertThatThrownBy(() -> RedisPacer.builder(redis.uri())
                        .sdkAppId(1)
                        .processes(21)
                        .fallbackCallsPerSecond(10)
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("210");
    }
}
