/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeadlineExceededException;
import io.github.unfriend.DeleteAllResult;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.Friendship;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.Settled;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Promise 1: each element ends in one result, whatever the timing; what has none is discarded and counted. */
@Tag("promise-1")
class OneForEachTest {

    private static final Duration LINGER = Duration.ofMillis(20);

    private final Sandbox sandbox = Sandbox.start();
    private final FriendGateway gateway =
            Sandboxes.gatewayTo(sandbox).linger(LINGER).build();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    /** A message of a queue: the same account may stand in many. */
    private record Message(int number, String from, String to) {}

    @RepeatedTest(3)
    void duplicatesAreAnsweredEachWhateverTheTiming() {
        sandbox.friends().generate(1, 40);
        Flux<String> repeated =
                Flux.range(0, 200).map(i -> FriendLists.name("friend-", i % 40)).delayElements(Duration.ofMillis(2));
        List<ResultItem> results = await(gateway.delete("owner-00000", DeleteType.SINGLE, repeated));
        assertThat(results).hasSize(200).allMatch(item -> item.outcome().isGone());
    }

    @RepeatedTest(3)
    void duplicatesOfWholeListsAreAnsweredEach() {
        sandbox.friends().generate(5, 1);
        Flux<String> repeated =
                Flux.range(0, 200).map(i -> FriendLists.name("owner-", i % 5)).delayElements(Duration.ofMillis(1));
        List<DeleteAllResult> results = await(gateway.deleteAll(DeleteType.SINGLE, repeated));
        assertThat(results).hasSize(200).allMatch(result -> result.outcome() == Outcome.DELETED);
    }

    @Test
    void whatComesTwiceBeforeItsCallLeavesIsSentOnce() {
        sandbox.friends().befriend("alice", "bob");
        List<ResultItem> results = await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob", "bob", "bob")));
        assertThat(results).hasSize(3).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(sandbox.score().calls()).isEqualTo(1);
    }

    /** Its call waits for a permit: it has not left, so the second one goes with it. */
    @Test
    void whatComesAgainWhileItsCallWaitsForAPermitIsSentOnce() {
        sandbox.friends().befriend("alice", "bob");
        Sinks.One<Permit> permit = Sinks.one();
        StubPacer pacer = new StubPacer(permit::asMono);
        FriendGateway held =
                Sandboxes.gatewayTo(sandbox).linger(LINGER).pacer(pacer).build();
        Sinks.Many<String> friends = Sinks.many().unicast().onBackpressureBuffer();
        StepVerifier.create(held.delete("alice", DeleteType.SINGLE, friends.asFlux()))
                .then(() -> friends.tryEmitNext("bob"))
                .then(() -> eventually(() -> pacer.acquired.get() == 1))
                .then(() -> friends.tryEmitNext("bob"))
                .thenAwait(LINGER.multipliedBy(5))
                .then(() -> permit.tryEmitValue(pacer.permit()))
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .then(friends::tryEmitComplete)
                .verifyComplete();
        assertThat(sandbox.score().calls()).isEqualTo(1);
        held.dispose();
    }

    /** The service is busy with it (30006): between two attempts it waits, so the second one goes with it. */
    @Test
    void whatComesAgainWhileTheFirstWaitsForARetryIsSentOnce() {
        sandbox.friends().befriend("alice", "bob").befriend("alice", "carol");
        AtomicLong calls = new AtomicLong();
        sandbox.misbehave(FaultPlan.script(
                call -> calls.incrementAndGet() == 1 ? Fault.none().withItem("bob", 30006) : Fault.none()));
        FriendGateway patient = Sandboxes.gatewayTo(sandbox)
                .linger(LINGER)
                .retry(failure -> new Decision.Retry(Duration.ofMillis(500)))
                .build();
        Sinks.Many<String> friends = Sinks.many().unicast().onBackpressureBuffer();
        StepVerifier.create(patient.delete("alice", DeleteType.SINGLE, friends.asFlux()))
                .then(() -> friends.tryEmitNext("bob"))
                .then(() -> friends.tryEmitNext("carol"))
                .expectNextMatches(item -> item.toAccount().equals("carol"))
                .then(() -> friends.tryEmitNext("bob"))
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .then(friends::tryEmitComplete)
                .verifyComplete();
        assertThat(sandbox.score().calls()).isEqualTo(2);
        patient.dispose();
    }

    @Test
    void whatComesAgainAfterTheFirstHasLeftIsSentAgain() {
        sandbox.friends().befriend("alice", "bob");
        sandbox.misbehave(FaultPlan.none().withLatency(Duration.ofMillis(300), Duration.ofMillis(300)));
        Sinks.Many<String> friends = Sinks.many().unicast().onBackpressureBuffer();
        StepVerifier.create(gateway.delete("alice", DeleteType.SINGLE, friends.asFlux()))
                .then(() -> friends.tryEmitNext("bob"))
                .then(() -> eventually(() -> sandbox.score().calls() == 1))
                .then(() -> friends.tryEmitNext("bob"))
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .expectNextMatches(item -> item.outcome() == Outcome.NOT_FRIENDS)
                .then(friends::tryEmitComplete)
                .verifyComplete();
        assertThat(sandbox.score().calls()).isEqualTo(2);
    }

    @Test
    void anElementComesBackBesideItsResult() {
        sandbox.friends().befriend("alice", "bob").befriend("carol", "bob");
        List<Message> messages =
                List.of(new Message(1, "alice", "bob"), new Message(2, "carol", "bob"), new Message(3, "alice", "bob"));
        List<Settled<Message, ResultItem>> settled = await(gateway.delete(
                DeleteType.SINGLE,
                Flux.fromIterable(messages),
                message -> new Friendship(message.from(), message.to())));
        assertThat(settled).hasSize(3).allMatch(one -> one.result().outcome() == Outcome.DELETED);
        assertThat(settled).extracting(Settled::element).containsExactlyInAnyOrderElementsOf(messages);
        assertThat(settled)
                .allMatch(one -> one.element().from().equals(one.result().fromAccount()));
    }

    @Test
    void anElementThatNamesNoAccountFailsAlone() {
        sandbox.friends().befriend("alice", "bob").befriend("carol", "bob");
        List<Settled<Integer, ResultItem>> settled =
                await(gateway.delete(DeleteType.SINGLE, Flux.range(1, 4), number -> switch (number) {
                    case 1 -> new Friendship("alice", "bob");
                    case 2 -> throw new IllegalStateException("no such row\nat all");
                    case 3 -> null;
                    default -> new Friendship("carol", "bob");
                }));
        assertThat(settled).hasSize(4);
        for (Settled<Integer, ResultItem> one : settled) {
            boolean named = one.element() == 1 || one.element() == 4;
            assertThat(one.result().outcome()).isEqualTo(named ? Outcome.DELETED : Outcome.FAILED);
            if (!named) {
                assertThat(one.result().resultCode()).isEqualTo(LocalCode.NO_ACCOUNT);
                assertThat(one.result().fromAccount()).isEmpty();
                assertThat(one.result().resultInfo()).contains(one.element() == 2 ? "IllegalStateException" : "null");
            }
        }
        List<Settled<Integer, DeleteAllResult>> lists =
                await(gateway.deleteAll(DeleteType.SINGLE, Flux.range(1, 2), number -> number == 1 ? "alice" : null));
        assertThat(lists)
                .extracting(one -> one.element() + " " + one.result().outcome())
                .containsExactlyInAnyOrder("1 DELETED", "2 FAILED");
    }

    /** What the service refuses for good at the third call of an endless stream. */
    @Test
    void afterAFatalRefusalEachElementThatWasTakenIsDiscardedAndCounted() {
        sandbox.friends().generate(50, 1);
        AtomicLong calls = new AtomicLong();
        sandbox.misbehave(FaultPlan.script(call -> calls.incrementAndGet() == 3 ? Fault.code(70009) : Fault.none()));
        AtomicLong taken = new AtomicLong();
        ConcurrentLinkedQueue<Object> discarded = new ConcurrentLinkedQueue<>();
        List<Settled<Message, ResultItem>> results = new ArrayList<>();
        AtomicLong withoutResult = new AtomicLong();
        StepVerifier.create(gateway.delete(
                                DeleteType.SINGLE,
                                Flux.generate(sink -> sink.next(message(taken.getAndIncrement()))),
                                (Message message) -> new Friendship(message.from(), message.to()))
                        .doOnDiscard(Object.class, discarded::add)
                        .doOnNext(results::add)
                        .then())
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(FatalRefusalException.class);
                    withoutResult.set(((UnfinishedException) error).withoutResult());
                });
        eventually(() -> results.size() + discarded.size() == taken.get());
        assertThat(discarded).allMatch(element -> element instanceof Message).doesNotHaveDuplicates();
        // What came while the error was on its way is discarded, too.
        assertThat(withoutResult.get()).isPositive().isLessThanOrEqualTo(discarded.size());
    }

    private static Message message(long number) {
        return new Message((int) number, FriendLists.name("owner-", (int) (number % 50)), "friend-" + number);
    }

    @Test
    void whoeverLeavesSeesElementsAndResultsDiscarded() {
        sandbox.friends().generate(50, 1);
        AtomicLong taken = new AtomicLong();
        ConcurrentLinkedQueue<Object> discarded = new ConcurrentLinkedQueue<>();
        List<ResultItem> results = await(gateway.delete(DeleteType.SINGLE, Flux.<Friendship>generate(sink -> {
                    Message message = message(taken.getAndIncrement());
                    sink.next(new Friendship(message.from(), message.to()));
                }))
                .doOnDiscard(Object.class, discarded::add)
                .limitRate(1)
                .take(3));
        eventually(() -> results.size() + discarded.size() == taken.get());
        assertThat(discarded).hasAtLeastOneElementOfType(Friendship.class);
    }

    @Test
    void atTheDeadlineElementsWithoutResultAreDiscardedAndCounted() {
        sandbox.misbehave(FaultPlan.none().withLatency(Duration.ofSeconds(2), Duration.ofSeconds(2)));
        sandbox.friends().generate(1, 10);
        ConcurrentLinkedQueue<Object> discarded = new ConcurrentLinkedQueue<>();
        FriendGateway hurried = Sandboxes.gatewayTo(sandbox)
                .maxConcurrentCalls(1)
                .linger(Duration.ofMillis(1))
                .build();
        Flux<Friendship> pairs = Flux.just(new Friendship("owner-00000", "friend-00000"))
                .concatWith(Mono.delay(Duration.ofMillis(100))
                        .thenMany(Flux.range(1, 4).map(i -> new Friendship("owner-00000", "friend-0000" + i))));
        StepVerifier.create(hurried.deadline(Duration.ofMillis(500))
                        .delete(DeleteType.SINGLE, pairs)
                        .doOnDiscard(Friendship.class, discarded::add))
                .expectNextCount(1)
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(DeadlineExceededException.class);
                    assertThat(((UnfinishedException) error).withoutResult()).isEqualTo(4);
                });
        assertThat(discarded).hasSize(4);
        hurried.dispose();
    }
}
