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
import io.github.unfriend.ResultItem;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Of many callers of single deletions, which travel together, each is on its own. */
@Tag("promise-1")
@Timeout(60)
class SingleCallersTest extends SingleDeletions {

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

    @Test
    void aSubscriberThatThrowsAnErrorOfTheJvmHarmsNobodyElse() {
        sandbox.friends().befriend("alice", "bob");
        single("alice", "carol").subscribe(item -> {
            throw new NoClassDefFoundError("thrown on purpose");
        });
        assertThat(await(single("alice", "bob")).outcome()).isEqualTo(Outcome.DELETED);
    }
}
