/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.AccountFailedException;
import io.github.unfriend.Api;
import io.github.unfriend.DeadlineExceededException;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.Friendship;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.ResultItem;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Deletions of single friendships by many callers: they travel together, and each is on its own. */
@Tag("promise-1")
@Timeout(60)
class SingleDeletionsTest {

    private final Sandbox sandbox = Sandbox.start();
    private final FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();

    /** A gateway whose calls get their permits when a test says so. */
    private final Sinks.Many<Permit> permits = Sinks.many().multicast().directAllOrNothing();

    private final StubPacer pacer = new StubPacer(() -> permits.asFlux().next());
    private final FriendGateway held = Sandboxes.gatewayTo(sandbox).pacer(pacer).build();

    @AfterEach
    void close() {
        held.dispose();
        gateway.dispose();
        sandbox.dispose();
    }

    private Mono<ResultItem> single(String from, String to) {
        return gateway.delete(DeleteType.SINGLE, new Friendship(from, to));
    }

    private Mono<ResultItem> heldSingle(String from, String to) {
        return held.delete(DeleteType.SINGLE, new Friendship(from, to));
    }

    private void grantAll() {
        eventually(() -> permits.tryEmitNext(pacer.permit()).isSuccess());
    }

    @Test
    void aLoneOneLeavesAtOnce() {
        sandbox.friends().befriend("alice", "bob");
        assertThat(await(single("alice", "bob")).outcome()).isEqualTo(Outcome.DELETED);
        assertThat(await(single("alice", "bob")).outcome()).isEqualTo(Outcome.NOT_FRIENDS);
        assertThat(sandbox.score().calls()).isEqualTo(2);
    }

    @Test
    void nothingIsSentBeforeItIsAskedFor() {
        StepVerifier.create(single("alice", "bob"), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(150))
                .thenCancel()
                .verify();
        assertThat(sandbox.score().calls()).isZero();
    }

    @Test
    void fiveThousandAtOnceForFiftyOwnersNeedHardlyMoreThanFiftyCalls() {
        int owners = 50;
        int each = 100;
        sandbox.friends().generate(owners, each);
        List<Friendship> pairs = IntStream.range(0, owners * each)
                .mapToObj(i ->
                        new Friendship(FriendLists.name("owner-", i % owners), FriendLists.name("friend-", i / owners)))
                .toList();
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        gateway.pacer().pause(Api.FRIEND_DELETE, Duration.ofMillis(800)); // until all have called
        Long answered = await(Flux.fromIterable(pairs)
                .flatMap(
                        pair -> gateway.delete(DeleteType.SINGLE, pair).doOnNext(item -> {
                            if (item.outcome() != Outcome.DELETED
                                    || !item.fromAccount().equals(pair.fromAccount())
                                    || !item.toAccount().equals(pair.toAccount())) {
                                wrong.add(pair + " got " + item);
                            }
                        }),
                        pairs.size())
                .count());
        assertThat(wrong).isEmpty();
        assertThat(answered).isEqualTo(pairs.size());
        assertThat(sandbox.friends().total()).isZero();
        assertThat(sandbox.score().calls()).isLessThanOrEqualTo(60);
    }

    /** A batch is closed when its permit is granted, not when its call begins to wait for it. */
    @Test
    void whatComesWhileACallWaitsForItsPermitLeavesWithIt() {
        sandbox.friends().generate(1, 10);
        List<ResultItem> results = new ArrayList<>();
        Disposable first = heldSingle("owner-00000", "friend-00000").subscribe(results::add);
        eventually(() -> pacer.acquired.get() == 1);
        Disposable others = Flux.range(1, 9)
                .flatMap(i -> heldSingle("owner-00000", "friend-0000" + i))
                .subscribe(results::add);
        Mono.delay(Duration.ofMillis(100)).block();
        grantAll();
        eventually(() -> results.size() == 10);
        assertThat(sandbox.score().calls()).isEqualTo(1);
        assertThat(first.isDisposed() && others.isDisposed()).isTrue();
    }

    @Test
    void typesDoNotTravelTogether() {
        sandbox.friends().befriendBoth("alice", "bob").befriendBoth("alice", "carol");
        await(Flux.merge(
                gateway.delete(DeleteType.SINGLE, new Friendship("alice", "bob")),
                gateway.delete(DeleteType.BOTH, new Friendship("alice", "carol"))));
        assertThat(sandbox.friends().areFriends("bob", "alice")).isTrue();
        assertThat(sandbox.friends().areFriends("carol", "alice")).isFalse();
    }

    @Test
    void theSameAccountAskedForTwiceIsSentOnceAndAnsweredTwice() {
        sandbox.friends().befriend("alice", "bob");
        ConcurrentLinkedQueue<ResultItem> results = new ConcurrentLinkedQueue<>();
        heldSingle("alice", "bob").subscribe(results::add);
        eventually(() -> pacer.acquired.get() == 1);
        heldSingle("alice", "bob").subscribe(results::add);
        Mono.delay(Duration.ofMillis(50)).block();
        grantAll();
        eventually(() -> results.size() == 2);
        assertThat(results).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(sandbox.score().calls()).isEqualTo(1);
    }

    @Test
    void cancellingOneTakesOnlyItsAccountOut() {
        sandbox.friends().befriend("alice", "bob").befriend("alice", "carol").befriend("alice", "dave");
        ConcurrentLinkedQueue<ResultItem> results = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Object> discarded = new ConcurrentLinkedQueue<>();
        Disposable bob = heldSingle("alice", "bob")
                .doOnDiscard(Friendship.class, discarded::add)
                .subscribe(results::add);
        heldSingle("alice", "carol").subscribe(results::add);
        heldSingle("alice", "dave").subscribe(results::add);
        eventually(() -> pacer.acquired.get() == 1);
        bob.dispose();
        eventually(() -> discarded.size() == 1);
        grantAll();
        eventually(() -> results.size() == 2);
        assertThat(sandbox.friends().areFriends("alice", "bob")).isTrue();
        assertThat(sandbox.friends().count("alice")).isEqualTo(1);
        assertThat(discarded).containsExactly(new Friendship("alice", "bob"));
    }

    @Test
    void cancellingOneOfTwoWhoWantTheSameLeavesTheOther() {
        sandbox.friends().befriend("alice", "bob");
        ConcurrentLinkedQueue<ResultItem> results = new ConcurrentLinkedQueue<>();
        Disposable first = heldSingle("alice", "bob").subscribe(results::add);
        eventually(() -> pacer.acquired.get() == 1);
        heldSingle("alice", "bob").subscribe(results::add);
        Mono.delay(Duration.ofMillis(50)).block();
        first.dispose();
        Mono.delay(Duration.ofMillis(50)).block();
        grantAll();
        eventually(() -> results.size() == 1);
        Mono.delay(Duration.ofMillis(50)).block();
        assertThat(results).hasSize(1).allMatch(item -> item.outcome() == Outcome.DELETED);
    }

    @Test
    void cancellingTheOnlyOneGivesItsPlaceBack() {
        FriendGateway slow = Sandboxes.gatewayTo(sandbox)
                .callsPerSecond(1)
                .maxConcurrentCalls(2)
                .build();
        List<Disposable> callers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            callers.add(slow.delete(DeleteType.SINGLE, new Friendship("owner-" + i, "bob"))
                    .subscribe());
        }
        eventually(() -> slow.pacer().state(Api.FRIEND_DELETE).waiting() >= 1);
        callers.forEach(Disposable::dispose);
        eventually(() -> slow.pacer().state(Api.FRIEND_DELETE).waiting() == 0);
        StepVerifier.create(slow.disposeLater(Duration.ofSeconds(20)))
                .expectComplete()
                .verify(Duration.ofSeconds(30));
        assertThat(sandbox.score().calls()).isLessThan(3);
    }

    @Test
    void aDeadlineIsEachCallersOwn() {
        sandbox.friends().befriend("alice", "bob").befriend("alice", "carol");
        ConcurrentLinkedQueue<ResultItem> results = new ConcurrentLinkedQueue<>();
        heldSingle("alice", "carol").subscribe(results::add);
        StepVerifier.create(
                        held.deadline(Duration.ofMillis(100)).delete(DeleteType.SINGLE, new Friendship("alice", "bob")))
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(DeadlineExceededException.class);
                    assertThat(((UnfinishedException) error).withoutResult()).isEqualTo(1);
                });
        grantAll();
        eventually(() -> results.size() == 1);
        assertThat(sandbox.friends().areFriends("alice", "bob")).isTrue();
    }

    /** It is on the wire: its answer is waited for, and it is not sent again. */
    @Test
    void atTheDeadlineWhatIsOnTheWireIsWaitedFor() {
        sandbox.friends().befriend("alice", "bob");
        sandbox.misbehave(FaultPlan.none().withLatency(Duration.ofMillis(500), Duration.ofMillis(500)));
        StepVerifier.create(gateway.deadline(Duration.ofMillis(200))
                        .delete(DeleteType.SINGLE, new Friendship("alice", "bob")))
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .verifyComplete();
        sandbox.misbehave(FaultPlan.script(call -> Fault.code(30006)));
        StepVerifier.create(gateway.deadline(Duration.ofMillis(200))
                        .delete(DeleteType.SINGLE, new Friendship("alice", "bob")))
                .verifyError(DeadlineExceededException.class);
        long calls = sandbox.score().calls();
        Mono.delay(Duration.ofMillis(500)).block();
        assertThat(sandbox.score().calls()).isEqualTo(calls);
    }

    @Test
    void stopOnErrorIsEachCallersOwn() {
        sandbox.friends().befriend("alice", "bob");
        sandbox.misbehave(FaultPlan.script(call -> Fault.none().withItem("carol", 30003)));
        ConcurrentLinkedQueue<ResultItem> results = new ConcurrentLinkedQueue<>();
        single("alice", "bob").subscribe(results::add);
        StepVerifier.create(gateway.stopOnError().delete(DeleteType.SINGLE, new Friendship("alice", "carol")))
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(AccountFailedException.class);
                    assertThat(((UnfinishedException) error).results()).hasSize(1);
                });
        eventually(() -> results.size() == 1);
        assertThat(await(single("alice", "carol")).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aBadAccountFailsAlone() {
        assertThat(await(single("alice", "x".repeat(33))).resultCode()).isEqualTo(LocalCode.INVALID_USER_ID);
        assertThat(sandbox.score().calls()).isZero();
    }

    @Test
    void howManyMayWaitIsBounded() {
        FriendGateway small =
                Sandboxes.gatewayTo(sandbox).pacer(pacer).maxHeldAccounts(10).build();
        sandbox.friends().befriend("alice", "bob");
        AtomicInteger overloaded = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        for (int i = 0; i < 15; i++) {
            small.delete(DeleteType.SINGLE, new Friendship("alice", "friend-" + i))
                    .subscribe(item -> answered.incrementAndGet(), error -> {
                        assertThat(error).isInstanceOf(OverloadedException.class);
                        overloaded.incrementAndGet();
                    });
        }
        eventually(() -> overloaded.get() == 5);
        grantAll();
        eventually(() -> answered.get() == 10);
        small.dispose();
    }

    @Test
    void aFatalRefusalReachesAllWhoWaitAndTheNextCallerTriesAnew() {
        sandbox.friends().befriend("alice", "bob");
        AtomicLong calls = new AtomicLong();
        sandbox.misbehave(FaultPlan.script(call -> calls.incrementAndGet() == 1 ? Fault.code(70009) : Fault.none()));
        AtomicInteger refused = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            heldSingle("owner-" + i, "bob").subscribe(item -> {}, error -> {
                assertThat(error).isInstanceOf(FatalRefusalException.class);
                assertThat(((UnfinishedException) error).withoutResult()).isEqualTo(1);
                refused.incrementAndGet();
            });
        }
        eventually(() -> pacer.acquired.get() == 5);
        permits.asFlux().subscribe();
        sandbox.misbehave(FaultPlan.script(call -> Fault.code(70009)));
        grantAll();
        eventually(() -> refused.get() == 5);
        sandbox.misbehave(FaultPlan.none());
        assertThat(await(single("alice", "bob")).outcome()).isEqualTo(Outcome.DELETED);
    }

    @Test
    void aClosedGatewayRefusesAndACloseReachesThoseWhoWait() {
        AtomicInteger closed = new AtomicInteger();
        heldSingle("alice", "bob").subscribe(item -> {}, error -> {
            assertThat(error).isInstanceOf(GatewayClosedException.class);
            closed.incrementAndGet();
        });
        eventually(() -> pacer.acquired.get() == 1);
        held.dispose();
        eventually(() -> closed.get() == 1);
        StepVerifier.create(heldSingle("alice", "bob")).verifyError(GatewayClosedException.class);
    }

    @Test
    void closingGracefullyLetsThoseWhoWaitHaveTheirAnswers() {
        sandbox.friends().befriend("alice", "bob");
        sandbox.misbehave(FaultPlan.none().withLatency(Duration.ofMillis(200), Duration.ofMillis(200)));
        AtomicInteger deleted = new AtomicInteger();
        single("alice", "bob").subscribe(item -> deleted.incrementAndGet());
        eventually(() -> sandbox.score().calls() == 1);
        StepVerifier.create(gateway.disposeLater(Duration.ofSeconds(20)))
                .expectComplete()
                .verify(Duration.ofSeconds(30));
        assertThat(deleted).hasValue(1);
    }

    @Test
    void aSubscriberThatThrowsHarmsNobodyElse() {
        sandbox.friends().befriend("alice", "bob").befriend("alice", "carol");
        ConcurrentLinkedQueue<ResultItem> results = new ConcurrentLinkedQueue<>();
        heldSingle("alice", "bob").subscribe(new reactor.core.publisher.BaseSubscriber<>() {
            @Override
            protected void hookOnNext(ResultItem value) {
                throw new IllegalStateException("thrown on purpose");
            }

            @Override
            protected void hookOnError(Throwable thrown) {
                throw new IllegalStateException("thrown on purpose");
            }
        });
        heldSingle("alice", "carol").subscribe(results::add);
        eventually(() -> pacer.acquired.get() == 1);
        Mono.delay(Duration.ofMillis(50)).block();
        grantAll();
        eventually(() -> results.size() == 1);
        eventually(() -> !Guards.FOUND.isEmpty());
        assertThat(Guards.FOUND).allMatch(found -> found.contains("thrown on purpose"));
        Guards.FOUND.clear();
    }

    /** A stream that could use every connection, and callers who come all the time: both go on. */
    @Test
    void streamsAndSinglesTakeTurns() throws InterruptedException {
        sandbox.friends().generate(100, 1);
        sandbox.misbehave(FaultPlan.none().withLatency(Duration.ofMillis(20), Duration.ofMillis(20)));
        FriendGateway busy = Sandboxes.gatewayTo(sandbox).maxConcurrentCalls(4).build();
        AtomicLong streamed = new AtomicLong();
        Disposable stream = busy.delete(
                        DeleteType.SINGLE,
                        Flux.<Friendship>generate(sink -> sink.next(new Friendship(
                                FriendLists.name("owner-", (int) (streamed.get() % 100)), "friend-00000"))))
                .subscribe(item -> streamed.incrementAndGet());
        eventually(() -> streamed.get() > 10);
        AtomicLong singles = new AtomicLong();
        CountDownLatch enough = new CountDownLatch(50);
        Disposable callers = Flux.range(0, 100)
                .repeat()
                .flatMap(i -> busy.delete(DeleteType.SINGLE, new Friendship("single-" + i, "bob")), 8)
                .subscribeOn(Schedulers.boundedElastic())
                .subscribe(item -> {
                    singles.incrementAndGet();
                    enough.countDown();
                });
        enough.await();
        long then = streamed.get();
        eventually(() -> streamed.get() > then + 10);
        stream.dispose();
        callers.dispose();
        busy.dispose();
    }

    /** One on the wire, a second one of the same account answered meanwhile, and the first is sent again. */
    @Test
    void anAccountIsNeverTwiceInACall() {
        sandbox.friends().generate(1, 5);
        AtomicLong number = new AtomicLong();
        ConcurrentLinkedQueue<List<String>> sent = new ConcurrentLinkedQueue<>();
        sandbox.misbehave(FaultPlan.script(call -> {
            sent.add(call.toAccounts());
            return number.incrementAndGet() % 3 == 1
                    ? Fault.code(30006).withDelay(Duration.ofMillis(30))
                    : Fault.none().withDelay(Duration.ofMillis(5));
        }));
        Long answered = await(Flux.range(0, 2_000)
                .flatMap(i -> single("owner-00000", FriendLists.name("friend-", i % 5)), 12)
                .count());
        assertThat(answered).isEqualTo(2_000);
        assertThat(sent).allSatisfy(accounts -> assertThat(accounts).doesNotHaveDuplicates());
    }

    /** After a conflict an owner is served one call at a time, and those who wait still travel together. */
    @Test
    void singlesOfASerialOwnerTravelTogether() {
        sandbox.friends().generate(1, 100);
        AtomicLong number = new AtomicLong();
        sandbox.misbehave(FaultPlan.script(call ->
                number.incrementAndGet() == 1 ? Fault.code(30008) : Fault.none().withDelay(Duration.ofMillis(100))));
        await(single("owner-00000", "friend-00000"));
        await(Flux.range(0, 100)
                .flatMap(i -> single("owner-00000", FriendLists.name("friend-", i)), 100)
                .count());
        assertThat(sandbox.score().calls()).isLessThan(20);
    }

    @Test
    void aSubscriberThatThrowsAnErrorOfTheJvmHarmsNobodyElse() {
        sandbox.friends().befriend("alice", "bob");
        single("alice", "carol").subscribe(item -> {
            throw new NoClassDefFoundError("thrown on purpose");
        });
        assertThat(await(single("alice", "bob")).outcome()).isEqualTo(Outcome.DELETED);
    }
}
