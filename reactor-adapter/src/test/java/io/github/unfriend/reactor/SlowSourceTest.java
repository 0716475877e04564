/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeadlineExceededException;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.Outcome;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Promise 3: sources that are slow, that block, or that never end hold up nobody, and are asked in small pieces. */
@Tag("promise-3")
@Timeout(60)
class SlowSourceTest {

    private static final int ACCOUNTS = 3_000;

    private final Sandbox sandbox = Sandbox.start();
    private final FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();
    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    /** Accounts of one owner, each of which takes its time: 12 s for all. */
    private Flux<String> slow() {
        sandbox.friends().generate(1, ACCOUNTS);
        Iterable<String> accounts = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return made.get() < ACCOUNTS;
            }

            @Override
            public String next() {
                try {
                    Thread.sleep(4);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return FriendLists.name("friend-", made.getAndIncrement());
            }
        };
        return Flux.fromIterable(accounts);
    }

    @Test
    void theFirstResultDoesNotWaitForTheRestOfTheSource() {
        StepVerifier.create(gateway.delete("owner-00000", DeleteType.SINGLE, slow()), 1)
                .expectNextCount(1)
                .then(() -> assertThat(made.get()).isLessThan(ACCOUNTS / 2))
                .thenCancel()
                .verify();
        int then = made.get();
        Mono.delay(Duration.ofMillis(200)).block();
        assertThat(made.get()).as("a cancelled source makes no more").isLessThanOrEqualTo(then + 2);
    }

    @Test
    void aDeadlineDoesNotWaitForTheSource() {
        StepVerifier.create(gateway.deadline(Duration.ofMillis(600)).delete("owner-00000", DeleteType.SINGLE, slow()))
                .thenConsumeWhile(item -> item.outcome() == Outcome.DELETED)
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(DeadlineExceededException.class);
                    assertThat(made.get()).isLessThan(ACCOUNTS / 2);
                });
    }

    @Test
    void disposingDoesNotWaitForTheSource() {
        StepVerifier.create(gateway.delete("owner-00000", DeleteType.SINGLE, slow()))
                .expectNextCount(1)
                .then(gateway::dispose)
                .thenConsumeWhile(item -> item.outcome() == Outcome.DELETED)
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(GatewayClosedException.class);
                    assertThat(made.get()).isLessThan(ACCOUNTS / 2);
                });
    }

    /** A source that blocks for ever after its first accounts, such as a socket that nobody writes to. */
    @Test
    void aSourceThatBlocksHoldsUpNeitherResultsNorDeadlineNorOtherStreams() {
        sandbox.friends().befriend("alice", "bob").befriend("alice", "carol");
        CountDownLatch never = new CountDownLatch(1);
        Flux<String> blocking = Flux.generate(() -> 0, (count, sink) -> {
            if (count == 1) {
                try {
                    never.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            }
            sink.next("bob");
            return count + 1;
        });
        StepVerifier.create(gateway.deadline(Duration.ofSeconds(1)).delete("alice", DeleteType.SINGLE, blocking))
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .then(() -> StepVerifier.create(gateway.delete("alice", DeleteType.SINGLE, Flux.just("carol")))
                        .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                        .verifyComplete())
                .verifyError(DeadlineExceededException.class);
        never.countDown();
    }

    @Test
    void anEndlessSourceOfDistinctOwnersIsAskedForAFewThousand() {
        sandbox.friends().generate(1, 1);
        AtomicLong taken = new AtomicLong();
        BaseSubscriber<Object> subscriber = one();
        gateway.delete(DeleteType.SINGLE, distinctOwners(taken)).subscribe(subscriber);
        eventually(() -> sandbox.score().calls() >= 1);
        staysTheSame(taken);
        assertThat(taken.get()).isBetween(1_000L, 8_000L);
        subscriber.cancel();
    }

    static Stream<Named<Function<Long, Friendship>>> repetitive() {
        return Stream.of(
                Named.of("accounts that cannot be sent", i -> new Friendship("owner-00000", "")),
                Named.of("one account", i -> new Friendship("owner-00000", "bob")),
                Named.of("forty accounts", i -> new Friendship("owner-00000", "bob" + i % 40)));
    }

    /** Elements that need no call, or share one, are no reason to take in more of them. */
    @ParameterizedTest
    @MethodSource("repetitive")
    void anEndlessSourceOfRepetitionsIsHeldBack(Function<Long, Friendship> nth) {
        AtomicLong taken = new AtomicLong();
        BaseSubscriber<Object> subscriber = one();
        Flux<Friendship> source = Flux.generate(sink -> sink.next(nth.apply(taken.incrementAndGet())));
        gateway.delete(DeleteType.SINGLE, source).subscribe(subscriber);
        eventually(() -> taken.get() >= 1_000);
        staysTheSame(taken);
        assertThat(taken.get()).isLessThan(16_000);
        subscriber.cancel();
    }

    /** Elements may share the account of a call as long as it has not left, however long that is. */
    @Test
    void aCallThatDoesNotLeaveIsNoReasonToTakeInMore() {
        FriendGateway held =
                Sandboxes.gatewayTo(sandbox).pacer(new StubPacer(Mono::never)).build();
        AtomicLong taken = new AtomicLong();
        BaseSubscriber<Object> subscriber = one();
        Flux<String> source = Flux.generate(sink -> {
            taken.incrementAndGet();
            sink.next("bob");
        });
        held.delete("owner-00000", DeleteType.SINGLE, source).subscribe(subscriber);
        eventually(() -> taken.get() >= 4_000);
        staysTheSame(taken);
        assertThat(taken.get()).isLessThan(16_000);
        subscriber.cancel();
        held.dispose();
    }

    /** After a conflict an owner is served one call at a time; what waits for its turn counts as ready. */
    @Test
    void anEndlessSourceOfASerialOwnerIsAskedForAFewThousand() {
        AtomicLong calls = new AtomicLong();
        sandbox.misbehave(FaultPlan.script(call ->
                calls.incrementAndGet() == 1 ? Fault.code(30008) : Fault.none().withDelay(Duration.ofSeconds(4))));
        AtomicLong taken = new AtomicLong();
        Flux<String> source = Flux.generate(sink -> sink.next("friend-" + taken.incrementAndGet()));
        Disposable stream =
                gateway.delete("owner-00000", DeleteType.SINGLE, source).subscribe();
        eventually(() -> calls.get() > 1);
        staysTheSame(taken);
        assertThat(taken.get()).isLessThan(80_000); // 64 calls and some that are ready: nobody held the results back
        stream.dispose();
    }

    /** What ten such streams hold together, measured after a collection of garbage. */
    @Test
    void tenStreamsOfDistinctOwnersHoldLittleMemory() {
        AtomicLong taken = new AtomicLong();
        long before = used();
        List<Disposable> streams = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            BaseSubscriber<Object> subscriber = one();
            gateway.delete(DeleteType.SINGLE, distinctOwners(taken)).subscribe(subscriber);
            streams.add(subscriber);
        }
        eventually(() -> sandbox.score().calls() >= 10);
        staysTheSame(taken);
        assertThat(used() - before).isLessThan(80L << 20);
        streams.forEach(Disposable::dispose);
    }

    private static Flux<Friendship> distinctOwners(AtomicLong taken) {
        return Flux.generate(
                sink -> sink.next(new Friendship("a-distinct-owner-" + taken.incrementAndGet(), "friend-00000")));
    }

    private static BaseSubscriber<Object> one() {
        return new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                request(1);
            }
        };
    }

    private static void staysTheSame(AtomicLong figure) {
        long[] last = {-1};
        eventually(() -> {
            Mono.delay(Duration.ofMillis(100)).block();
            long before = last[0];
            last[0] = figure.get();
            return before == last[0];
        });
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
