/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.micro;

import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/**
 * For orientation: what others take for a permit that is there. They do less: the permit has no life after the grant,
 * and there is no queue and no subscriber in these numbers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OtherPermitBenchmark {

    private static final int PLENTY = 1_000_000_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RateLimiter resilience4j = RateLimiter.of(
            "benchmark",
            RateLimiterConfig.custom()
                    .limitForPeriod(PLENTY)
                    .limitRefreshPeriod(SECOND)
                    .timeoutDuration(Duration.ZERO)
                    .build());
    private final Bucket bucket4j = Bucket.builder()
            .addLimit(limit -> limit.capacity(PLENTY).refillGreedy(PLENTY, SECOND))
            .build();

    /** For JMH. */
    public OtherPermitBenchmark() {}

    /**
     * Resilience4j, one caller at a time.
     *
     * @return whether there was a permit
     */
    @Benchmark
    @Threads(1)
    public boolean resilience4jOneThread() {
        return resilience4j.acquirePermission();
    }

    /**
     * Resilience4j, eight callers.
     *
     * @return whether there was a permit
     */
    @Benchmark
    @Threads(8)
    public boolean resilience4jEightThreads() {
        return resilience4j.acquirePermission();
    }

    /**
     * Bucket4j, one caller at a time.
     *
     * @return whether there was a permit
     */
    @Benchmark
    @Threads(1)
    public boolean bucket4jOneThread() {
        return bucket4j.tryConsume(1);
    }

    /**
     * Bucket4j, eight callers.
     *
     * @return whether there was a permit
     */
    @Benchmark
    @Threads(8)
    public boolean bucket4jEightThreads() {
        return bucket4j.tryConsume(1);
    }
}
