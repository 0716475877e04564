/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Promise 3: calls that nobody has asked for yet are earned by taking results, and bounded. */
@Tag("promise-3")
class ReadAheadTest {

    private static final int FRIENDS = 1000;
    private static final int OWNERS = 64;

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void close() {
        sandbox.dispose();
    }

    /** One full batch after the other, each of another owner. */
    private Flux<Friendship> fullBatches(int batches) {
        sandbox.friends().generate(OWNERS, FRIENDS);
        return Flux.range(0, batches * FRIENDS)
                .map(i -> new Friendship(
                        FriendLists.name("owner-", i / FRIENDS % OWNERS), FriendLists.name("friend-", i % FRIENDS)));
    }

    private void answersTake(Duration latency) {
        sandbox.misbehave(FaultPlan.none().withLatency(latency, latency));
    }

    static Stream<Named<UnaryOperator<Flux<ResultItem>>>> windows() {
        return Stream.of(
                Named.of("publishOn", flux -> flux.publishOn(Schedulers.boundedElastic())),
                Named.of("flatMap", flux -> flux.flatMap(Mono::just)),
                Named.of("flatMap 1024", flux -> flux.flatMap(Mono::just, 1024)),
                Named.of("limitRate", flux -> flux.limitRate(32)),
                Named.of("concatMap", flux -> flux.concatMap(Mono::just)));
    }

    /** The service takes 100 ms: 200 calls a second need 20 at once; with one call for each window it was one. */
    @ParameterizedTest
    @MethodSource("windows")
    void behindOperatorsWithSmallWindowsAsManyCallsRunAtOnceAsTheRateNeeds(UnaryOperator<Flux<ResultItem>> window) {
        answersTake(Duration.ofMillis(100));
        AtomicLong most = new AtomicLong();
        // On a busy machine the source may be slow; the test is of full batches.
        Duration patient = Duration.ofSeconds(5);
        try (Closing gateway =
                new Closing(Sandboxes.gatewayTo(sandbox).linger(patient).build())) {
            Flux.interval(Duration.ofMillis(2))
                    .takeUntilOther(window.apply(gateway.get().delete(DeleteType.SINGLE, fullBatches(120)))
                            .then())
                    .doOnNext(tick -> most.accumulateAndGet(sandbox.score().inFlight(), Math::max))
                    .blockLast(Duration.ofSeconds(60));
        }
        assertThat(most.get()).isGreaterThanOrEqualTo(10);
        assertThat(sandbox.score().calls()).isEqualTo(120);
    }

    @Test
    void takingTenOfFullBatchesMakesOneCall() {
        try (Closing gateway = new Closing(Sandboxes.gatewayTo(sandbox).build())) {
            StepVerifier.create(gateway.get()
                            .delete(DeleteType.SINGLE, fullBatches(100))
                            .take(10))
                    .expectNextCount(10)
                    .verifyComplete();
            stays(1);
        }
    }

    @Test
    void takingFiveThousandOfFullBatchesNeverMakesMoreThanElevenCalls() {
        answersTake(Duration.ofMillis(20));
        try (Closing gateway = new Closing(Sandboxes.gatewayTo(sandbox).build())) {
            StepVerifier.create(gateway.get()
                            .delete(DeleteType.SINGLE, fullBatches(100))
                            .limitRate(100)
                            .take(5_000))
                    .expectNextCount(5_000)
                    .verifyComplete();
            Mono.delay(Duration.ofMillis(150)).block();
            assertThat(sandbox.score().calls()).isBetween(5L, 11L);
        }
    }

    /** A subscriber that has taken much and then stops: calls stop, too, and there is no burst when it comes back. */
    @Test
    void aSubscriberThatStopsAskingStopsTheCalls() {
        int readAhead = 3;
        AtomicLong taken = new AtomicLong();
        try (Closing gateway =
                new Closing(Sandboxes.gatewayTo(sandbox).readAhead(readAhead).build())) {
            BaseSubscriber<ResultItem> subscriber = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                    request(10_000);
                }

                @Override
                protected void hookOnNext(ResultItem value) {
                    taken.incrementAndGet();
                }
            };
            gateway.get().delete(DeleteType.SINGLE, fullBatches(100)).subscribe(subscriber);
            eventually(() -> taken.get() == 10_000);
            eventually(() -> sandbox.score().calls() == 10 + readAhead);
            stays(10 + readAhead);
            assertThat(gateway.get().pacer().state(Api.FRIEND_DELETE).waiting()).isZero();
            assertThat(gateway.get().pacer().state(Api.FRIEND_DELETE).inFlight())
                    .isZero();
            subscriber.request(1_000);
            eventually(() -> taken.get() == 11_000);
            stays(11 + readAhead);
            subscriber.cancel();
        }
    }

    /** Batches of one account: what is read ahead counts calls, and no more of them than results were taken. */
    @Test
    void readAheadCountsCallsAlsoWhereTheyAreSmall() {
        sandbox.friends().generate(500, 1);
        Flux<Friendship> pairs = Flux.range(0, 500)
                .map(i -> new Friendship(FriendLists.name("owner-", i), FriendLists.name("friend-", 0)));
        try (Closing gateway =
                new Closing(Sandboxes.gatewayTo(sandbox).readAhead(5).build())) {
            StepVerifier.create(gateway.get().delete(DeleteType.SINGLE, pairs), 2)
                    .expectNextCount(2)
                    .then(() -> stays(4)) // two were taken, so two may be read ahead
                    .thenRequest(10)
                    .expectNextCount(10)
                    .then(() -> stays(17)) // twelve were taken, and five is the bound
                    .thenCancel()
                    .verify();
        }
    }

    private void stays(long calls) {
        eventually(() -> sandbox.score().calls() >= calls);
        Mono.delay(Duration.ofMillis(150)).block();
        assertThat(sandbox.score().calls()).isEqualTo(calls);
    }

    /** A gateway that is disposed at the end of a block. */
    private record Closing(FriendGateway get) implements AutoCloseable {
        @Override
        public void close() {
            get.dispose();
        }
    }
}
