/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeadlineExceededException;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.Outcome;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Promise 3: sources that are slow, that block, or that never end hold up nobody, and are asked in small pieces. */
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
        StepVerifier.create(gateway.delete("owner-00000", DeleteType.SINGLE, slow()))
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
