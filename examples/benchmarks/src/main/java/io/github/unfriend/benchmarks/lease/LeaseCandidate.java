/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.lease;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.redis.RedisPacer;
import io.github.unfriend.sandbox.SandboxOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.redisson.Redisson;
import org.redisson.api.RRateLimiterReactive;
import org.redisson.api.RateType;
import org.redisson.config.Config;
import reactor.core.publisher.Mono;

/** Who shares the quota: ours, and what one would pick instead. */
enum LeaseCandidate {
    /** Places leased, four times a second. */
    UNFRIEND {
        @Override
        Pacer pacer(String redis) {
            return RedisPacer.builder(redis).sdkAppId(SandboxOptions.SDK_APP_ID).build();
        }
    },
    /** Bucket4j over Lettuce, by compare and swap: 200 tokens, filled greedily. */
    BUCKET4J {
        @Override
        Pacer pacer(String redis) {
            BucketConfiguration limit = BucketConfiguration.builder()
                    .addLimit(bandwidth -> bandwidth.capacity(RATE).refillGreedy(RATE, Duration.ofSeconds(1)))
                    .build();
            AsyncBucketProxy bucket = Bucket4jLettuce.casBasedBuilder(RedisClient.create(redis))
                    .build()
                    .asAsync()
                    .builder()
                    .build(
                            "bucket".getBytes(StandardCharsets.US_ASCII),
                            () -> CompletableFuture.completedFuture(limit));
            return new AskingPacer(Mono.fromFuture(() -> bucket.tryConsumeAndReturnRemaining(1))
                    .map(probe ->
                            probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill())));
        }
    },
    /** Redisson: a rate of 200 a second over all clients; its reactive {@code acquire} waits. */
    REDISSON {
        @Override
        Pacer pacer(String redis) {
            Config config = new Config();
            config.useSingleServer().setAddress(redis);
            RRateLimiterReactive limiter = Redisson.create(config).reactive().getRateLimiter("limiter");
            limiter.trySetRate(RateType.OVERALL, RATE, Duration.ofSeconds(1)).block();
            return new AskingPacer(limiter.acquire().thenReturn(Duration.ZERO));
        }
    },
    /** The script of Spring Cloud Gateway: 200 tokens, 200 a second. It does not say when to ask again: after one token. */
    SPRING_CLOUD_GATEWAY {
        @Override
        Pacer pacer(String redis) {
            RedisReactiveCommands<String, String> commands =
                    RedisClient.create(redis).connect().reactive();
            String[] keys = {"request_rate_limiter.{all}.tokens", "request_rate_limiter.{all}.timestamp"};
            String rate = Integer.toString(RATE);
            String sha = commands.scriptLoad(gatewayScript()).blockOptional().orElseThrow();
            return new AskingPacer(commands.<List<Long>>evalsha(sha, ScriptOutputType.MULTI, keys, rate, rate, "", "1")
                    .next()
                    .map(answer -> answer.get(0) == 1 ? Duration.ZERO : ONE_TOKEN));
        }
    };

    private static final int RATE = 200;

    private static final Duration ONE_TOKEN = Duration.ofMillis(1000 / RATE);

    private static byte[] gatewayScript() {
        try (InputStream script =
                LeaseCandidate.class.getResourceAsStream("/META-INF/scripts/request_rate_limiter.lua")) {
            return Objects.requireNonNull(script, "the script of Spring Cloud Gateway")
                    .readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A pacer of one process. */
    abstract Pacer pacer(String redis);
}
