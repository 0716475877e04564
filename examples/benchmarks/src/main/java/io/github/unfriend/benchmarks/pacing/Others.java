/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import com.google.common.util.concurrent.RateLimiter;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.SchedulingBucket;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.reactor.ratelimiter.operator.RateLimiterOperator;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What one would pick to keep 200 calls a second, as the manuals of these libraries show it. Each emits ErrorCodes. */
final class Others {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DISTANCE = SECOND.dividedBy(Load.CALLS_PER_SECOND);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Others() {}

    static Flux<Integer> delayElements(PlainCalls calls) {
        return calls.numbers().delayElements(DISTANCE).flatMap(calls::send, calls.concurrency());
    }

    static Flux<Integer> resilience4jPerSecond(PlainCalls calls) {
        return resilience4j(calls, Load.CALLS_PER_SECOND, SECOND);
    }

    static Flux<Integer> resilience4jOneByOne(PlainCalls calls) {
        return resilience4j(calls, 1, DISTANCE);
    }

    private static Flux<Integer> resilience4j(PlainCalls calls, int permits, Duration period) {
        var limiter = io.github.resilience4j.ratelimiter.RateLimiter.of(
                "calls",
                RateLimiterConfig.custom()
                        .limitForPeriod(permits)
                        .limitRefreshPeriod(period)
                        .timeoutDuration(PATIENCE)
                        .build());
        return calls.numbers()
                .flatMap(
                        number -> calls.send(number).transformDeferred(RateLimiterOperator.of(limiter)),
                        calls.concurrency());
    }

    static Flux<Integer> bucket4jGreedy(PlainCalls calls) {
        return bucket4j(
                calls,
                Bucket.builder()
                        .addLimit(limit ->
                                limit.capacity(Load.CALLS_PER_SECOND).refillGreedy(Load.CALLS_PER_SECOND, SECOND))
                        .build());
    }

    static Flux<Integer> bucket4jOneByOne(PlainCalls calls) {
        return bucket4j(
                calls,
                Bucket.builder()
                        .addLimit(limit -> limit.capacity(1).refillGreedy(1, DISTANCE))
                        .build());
    }

    private static Flux<Integer> bucket4j(PlainCalls calls, Bucket bucket) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        SchedulingBucket scheduling = bucket.asScheduler();
        return calls.numbers()
                .flatMap(
                        number -> Mono.fromFuture(() -> scheduling.consume(1, timer))
                                .then(calls.send(number)),
                        calls.concurrency());
    }

    static Flux<Integer> guava(PlainCalls calls) {
        RateLimiter limiter = RateLimiter.create(Load.CALLS_PER_SECOND);
        // It has no other way than to block, so it does where Reactor allows it.
        return calls.numbers()
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(number -> limiter.acquire())
                .flatMap(calls::send, calls.concurrency());
    }

    static Flux<Integer> window(PlainCalls calls) {
        return calls.numbers()
                .window(Load.CALLS_PER_SECOND)
                .zipWith(Flux.interval(Duration.ZERO, SECOND), (second, tick) -> second)
                .concatMap(second -> second.flatMap(calls::send, calls.concurrency()));
    }

    static Flux<Integer> ringBeforeClient(PlainCalls calls) {
        GrantRing ring = new GrantRing(Load.CALLS_PER_SECOND);
        return calls.numbers().flatMap(number -> ring.acquire().then(calls.send(number)), calls.concurrency());
    }

    static Flux<Integer> ringAtConnection(PlainCalls calls) {
        GrantRing ring = new GrantRing(Load.CALLS_PER_SECOND);
        return calls.numbers().flatMap(number -> calls.send(number, ring.acquire()), calls.concurrency());
    }
}
