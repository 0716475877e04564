/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Deletions of single friendships by many callers travel together. */
@Tag("promise-1")
@Timeout(60)
class SingleDeletionsTest extends SingleDeletions {

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
}
