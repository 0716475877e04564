/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultKind;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Parts of the user's that fail, and combinations of failures: no stream hangs, and no account is lost on the way. */
@Tag("promise-1")
@Tag("promise-7")
class RobustnessTest {

    private final Sandbox sandbox = Sandbox.start();
    private FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    private void rebuild(FriendGatewayBuilder builder) {
        gateway.dispose();
        gateway = builder.build();
    }

    private Flux<String> friends(int count) {
        sandbox.friends().generate(1, count);
        return Flux.range(0, count).map(i -> FriendLists.name("friend-", i));
    }

    private Flux<ResultItem> delete(int count) {
        return gateway.delete("owner-00000", DeleteType.SINGLE, friends(count));
    }

    @Test
    void aPolicyThatThrowsOnAnItemEndsTheStreamAndLosesNobodySilently() {
        rebuild(Sandboxes.gatewayTo(sandbox).retry(failure -> {
            throw new IllegalStateException("undecided");
        }));
        sandbox.misbehave(FaultPlan.none().withAccount("friend-00001"::equals, 30006));
        List<String> reported = new ArrayList<>();
        StepVerifier.create(delete(10).doOnNext(item -> reported.add(item.toAccount())))
                .thenConsumeWhile(item -> item.outcome() == Outcome.DELETED)
                .verifyErrorMessage("undecided");
        assertThat(reported).hasSize(9).doesNotContain("friend-00001");
        assertThat(sandbox.friends().total()).isEqualTo(1);
    }

    @Test
    void noCallStartsOnceTheSubscriberHasLeft() {
        rebuild(Sandboxes.gatewayTo(sandbox).maxConcurrentCalls(8).readAhead(0));
        sandbox.friends().generate(400, 1);
        Flux<Friendship> pairs =
                Flux.range(0, 400).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000"));
        for (int round = 0; round < 20; round++) {
            long before = sandbox.score().calls();
            await(gateway.delete(DeleteType.SINGLE, pairs).take(9));
            eventually(() -> gateway.pacer().state(Api.FRIEND_DELETE).inFlight() == 0);
            assertThat(sandbox.score().calls() - before).isLessThanOrEqualTo(9 + 8);
        }
    }

    @Test
    void whatConcernsEverybodyIsDoneEvenIfTheAccountsAreGivenUp() {
        rebuild(Sandboxes.gatewayTo(sandbox)
                .retry(RetryPolicy.builder().maxAttempts(1).build()));
        sandbox.misbehave(FaultPlan.script(call -> Fault.code(70050)));
        assertThat(await(delete(5))).hasSize(5).allMatch(item -> item.resultCode() == 70050);
        for (Api api : Api.values()) {
            assertThat(gateway.pacer().state(api).pausedFor()).isGreaterThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void freshAccountsAreNotGivenUpWithACompanionThatHasFailedOften() {
        rebuild(Sandboxes.gatewayTo(sandbox)
                .linger(Duration.ofMillis(500))
                .retry(RetryPolicy.builder()
                        .maxAttempts(2)
                        .baseDelay(Duration.ofMillis(1))
                        .build()));
        sandbox.misbehave(FaultPlan.script(call -> switch ((int) call.number()) {
            case 1 -> Fault.none().withItem("friend-00000", 30006);
            case 2 -> Fault.of(FaultKind.BAD_GATEWAY);
            default -> Fault.none();
        }));
        Flux<String> all = friends(600);
        Flux<String> inTwoParts = Flux.concat(
                all.take(1000).take(100), Mono.delay(Duration.ofMillis(800)).thenMany(all.skip(100)));
        List<ResultItem> items = await(gateway.delete("owner-00000", DeleteType.SINGLE, inTwoParts));
        assertThat(items).hasSize(600);
        assertThat(items).filteredOn(item -> !item.outcome().isGone()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void halvingDoesNotUseTheAttemptsUp() {
        rebuild(Sandboxes.gatewayTo(sandbox)
                .retry(RetryPolicy.builder()
                        .maxAttempts(2)
                        .baseDelay(Duration.ofMillis(1))
                        .build()));
        sandbox.misbehave(FaultPlan.none().withBatch("friend-00333"::equals, 30001));
        List<ResultItem> items = await(delete(1000));
        assertThat(items).filteredOn(item -> item.outcome() == Outcome.DELETED).hasSize(999);
    }

    @Test
    void deleteAllSendsAnAccountThatComesTwiceBeforeItHasLeftOnce() {
        sandbox.friends().generate(1, 3);
        gateway.pacer().pause(Api.FRIEND_DELETE_ALL, Duration.ofMillis(300)); // all three come before it may leave
        assertThat(await(gateway.deleteAll(DeleteType.SINGLE, Flux.just("owner-00000", "owner-00000", "owner-00000"))))
                .hasSize(3);
        assertThat(sandbox.score().calls()).isEqualTo(1);
    }

    @Test
    void allCallsOnTheWireTreatAFatalAnswerAlike() {
        sandbox.friends().generate(30, 1);
        sandbox.misbehave(FaultPlan.script(call -> Fault.code(70009).withDelay(Duration.ofMillis(300))));
        Flux<Friendship> pairs =
                Flux.range(0, 30).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000"));
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, pairs))
                .verifyErrorSatisfies(error -> assertThat(((FatalRefusalException) error).withoutResult())
                        .isEqualTo(30));
    }

    @Test
    void aRequestThatMeetsAFatalAnswerKeepsTheResultsThatCameBefore() {
        rebuild(Sandboxes.gatewayTo(sandbox).maxConcurrentCalls(1));
        sandbox.misbehave(FaultPlan.script(call -> call.number() == 3 ? Fault.code(60010) : Fault.none()));
        List<String> all = await(friends(4000));
        StepVerifier.create(gateway.delete(new FriendDeleteRequest("owner-00000", DeleteType.SINGLE, all)))
                .verifyErrorSatisfies(error -> {
                    FatalRefusalException fatal = (FatalRefusalException) error;
                    assertThat(fatal.results()).hasSize(2000).allMatch(item -> item.outcome() == Outcome.DELETED);
                    assertThat(fatal.withoutResult()).isEqualTo(2000);
                });
    }

    @Test
    void aPacerThatThrowsEndsTheStream() {
        AtomicInteger asked = new AtomicInteger();
        Pacer broken = new Pacer() {
            @Override
            public Mono<Permit> acquire(Api api) {
                return Mono.error(new IllegalStateException("no store"));
            }

            @Override
            public void slowDown(Api api) {}

            @Override
            public void pause(Api api, Duration duration) {}

            @Override
            public PacerState state(Api api) {
                asked.incrementAndGet();
                throw new IllegalStateException("no store");
            }

            @Override
            public void dispose() {}
        };
        rebuild(Sandboxes.gatewayTo(sandbox).pacer(broken));
        StepVerifier.create(delete(5)).expectErrorMessage("no store").verify(Duration.ofSeconds(20));
        assertThat(asked.get()).isPositive();
    }

    @Test
    void timesWithoutEndAreNoProblem() {
        rebuild(Sandboxes.gatewayTo(sandbox)
                .callDeadline(ChronoUnit.FOREVER.getDuration())
                .callTimeout(ChronoUnit.FOREVER.getDuration())
                .linger(ChronoUnit.FOREVER.getDuration()));
        FriendGateway patient = gateway.deadline(ChronoUnit.FOREVER.getDuration());
        assertThat(await(patient.delete("owner-00000", DeleteType.SINGLE, friends(3))))
                .hasSize(3);
        StepVerifier.create(gateway.disposeLater(ChronoUnit.FOREVER.getDuration()))
                .expectComplete()
                .verify(Duration.ofSeconds(20));
    }

    @Test
    void waitsWithoutEndAreNoProblem() {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        List<RetryPolicy> policies = List.of(
                RetryPolicy.builder().baseDelay(forEver).maxDelay(forEver).build(),
                failure -> new Decision.Retry(forEver),
                failure -> new Decision.Pause(Decision.Scope.THIS_API, forEver, new Decision.Retry(forEver)));
        for (RetryPolicy policy : policies) {
            rebuild(Sandboxes.gatewayTo(sandbox).retry(policy).callDeadline(Duration.ofMillis(300)));
            sandbox.misbehave(FaultPlan.script(call -> Fault.code(30006)));
            assertThat(await(delete(3))).hasSize(3).allMatch(item -> item.resultCode() == 30006);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what callers without it do
    void aDecisionThatCannotBeCarriedOutIsNone() {
        assertThatThrownBy(() -> new Decision.Retry(Duration.ofNanos(-1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("delay");
        assertThatThrownBy(() -> new Decision.Retry(null)).hasMessageContaining("delay");
        assertThatThrownBy(
                        () -> new Decision.Pause(Decision.Scope.THIS_API, Duration.ofNanos(-1), new Decision.GiveUp()))
                .hasMessageContaining("duration");
        assertThatThrownBy(() -> new Decision.SlowDown(null, new Decision.GiveUp()))
                .hasMessageContaining("scope");
        assertThatThrownBy(() -> new Decision.Serialize(null)).hasMessageContaining("accounts");
    }

    @Test
    void aSourceWhoseRequestThrowsEndsTheStream() {
        StepVerifier.create(gateway.delete(
                        DeleteType.SINGLE,
                        (Subscriber<? super Friendship> subscriber) ->
                                subscriber.onSubscribe(new org.reactivestreams.Subscription() {
                                    @Override
                                    public void request(long n) {
                                        throw new IllegalStateException("no cursor");
                                    }

                                    @Override
                                    public void cancel() {
                                        // nothing to end
                                    }
                                })))
                .expectErrorMessage("no cursor")
                .verify(Duration.ofSeconds(20));
    }

    @Test
    void aSourceThatErrsWithoutASubscriptionEndsTheStream() {
        StepVerifier.create(gateway.delete(
                        DeleteType.SINGLE,
                        (Subscriber<? super Friendship> subscriber) ->
                                subscriber.onError(new IllegalStateException("no table"))))
                .expectErrorMessage("no table")
                .verify(Duration.ofSeconds(20));
    }
}
