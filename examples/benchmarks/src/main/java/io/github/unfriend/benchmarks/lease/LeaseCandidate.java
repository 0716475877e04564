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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
    /** A token bucket in a script, as gateways have it: one question for each call. */
    TOKEN_SCRIPT {
        @Override
        Pacer pacer(String redis) {
            RedisReactiveCommands<String, String> commands =
                    RedisClient.create(redis).connect().reactive();
            String[] keys = {"tokens"};
            return new AskingPacer(commands.<Long>eval(SCRIPT, ScriptOutputType.INTEGER, keys, Integer.toString(RATE))
                    .next()
                    .map(Duration::ofMillis));
        }
    };

    private static final int RATE = 200;

    /** Gives how many milliseconds to wait, 0 with a token. */
    private static final String SCRIPT = """
            local rate = tonumber(ARGV[1])
            local time = redis.call('TIME')
            local now = time[1] + time[2] / 1000000
            local tokens = tonumber(redis.call('HGET', KEYS[1], 'tokens') or rate)
            local last = tonumber(redis.call('HGET', KEYS[1], 'last') or now)
            tokens = math.min(rate, tokens + (now - last) * rate)
            local wait = 0
            if tokens >= 1 then tokens = tokens - 1 else wait = math.ceil((1 - tokens) * 1000 / rate) end
            redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'last', string.format('%.6f', now))
            return wait
            """;

    /** A pacer of one process. */
    abstract Pacer pacer(String redis);
}
