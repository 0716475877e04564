/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteAllResult;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FriendDeleteAllRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Refusals that ask for silence (70050, 31707): how silent it really is, as the service hears it, and what comes then. */
@Tag("promise-5")
class PauseTest {

    private static final Duration PAUSE = Duration.ofMillis(700);
    private static final RetryPolicy STANDARD =
            RetryPolicy.builder().securityPause(PAUSE).build();

    private final Sandbox sandbox = Sandbox.start();
    private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
    private final FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
            .maxConcurrentCalls(1)
            .retry(PauseTest::inShort)
            .build();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    /** The standard decisions; only the minute is shorter. */
    private static Decision inShort(AttemptFailure failure) {
        Decision decision = STANDARD.decide(failure);
        return decision instanceof Decision.Pause pause && pause.scope() == Decision.Scope.ALL_APIS
                ? new Decision.Pause(
                        pause.scope(),
                        PAUSE,
                        pause.accounts() instanceof Decision.Retry ? new Decision.Retry(PAUSE) : pause.accounts())
                : decision;
    }

    private void refuseTheFirst(int calls, int code) {
        sandbox.friends().generate(6, 1);
        sandbox.misbehave(FaultPlan.script(call -> {
            arrivals.add(call.arrivalNanos());
            return arrivals.size() <= calls ? Fault.code(code) : Fault.none();
        }));
    }

    private Mono<List<ResultItem>> deletion() {
        Mono<List<ResultItem>> all = gateway.delete(
                        DeleteType.SINGLE,
                        Flux.range(0, 5).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000")))
                .collectList()
                .cache();
        all.subscribe(items -> {}, error -> {});
        return all;
    }

    private boolean isPaused(Api api) {
        return !gateway.pacer().state(api).pausedFor().isZero();
    }

    private void assertSilenceAfterCall(int number) {
        List<Long> inOrder = new ArrayList<>(arrivals);
        assertThat(Duration.ofNanos(inOrder.get(number) - inOrder.get(number - 1)))
                .isGreaterThanOrEqualTo(PAUSE);
    }

    @Test
    void tooManyBadSignaturesSilenceBothApisAndThenAllGoOn() {
        refuseTheFirst(1, 70050);
        Mono<List<ResultItem>> all = deletion();
        eventually(() -> isPaused(Api.FRIEND_DELETE) || arrivals.size() > 1);
        await(gateway.deleteAll(new FriendDeleteAllRequest("owner-00005", DeleteType.SINGLE)));
        assertThat(await(all)).hasSize(5).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(arrivals).hasSize(1 + 5 + 1);
        assertSilenceAfterCall(1);
    }

    /** Calls of both APIs are refused at once; after the pause one goes first, and the others wait for its answer. */
    @Test
    void afterAPauseOfBothApisOneProbeGoesFirst() {
        sandbox.friends().generate(12, 1);
        AtomicLong probeAnswered = new AtomicLong(Long.MAX_VALUE);
        Duration probeTakes = Duration.ofMillis(700);
        int refused = 8;
        sandbox.misbehave(FaultPlan.script(call -> {
            arrivals.add(call.arrivalNanos());
            int number = arrivals.size();
            if (number <= refused) {
                return Fault.code(70050).withDelay(Duration.ofMillis(300)); // all have left before the first is refused
            }
            if (number == refused + 1) {
                probeAnswered.set(call.arrivalNanos() + probeTakes.toNanos());
                return Fault.none().withDelay(probeTakes);
            }
            return Fault.none();
        }));
        FriendGateway parallel = Sandboxes.gatewayTo(sandbox)
                .maxConcurrentCalls(4)
                .retry(PauseTest::inShort)
                .build();
        Flux<Integer> owners = Flux.range(0, 6);
        Mono<List<ResultItem>> friends = parallel.delete(
                        DeleteType.SINGLE,
                        owners.map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000")))
                .collectList();
        Mono<List<DeleteAllResult>> lists = parallel.deleteAll(
                        DeleteType.SINGLE, owners.map(i -> FriendLists.name("owner-", 6 + i)))
                .collectList();
        assertThat(await(Mono.zip(friends, lists)).getT1())
                .hasSize(6)
                .allMatch(item -> item.outcome() == Outcome.DELETED);
        List<Long> inOrder = new ArrayList<>(arrivals);
        assertThat(inOrder).hasSize(refused + 12);
        assertThat(inOrder.get(refused + 1)).isGreaterThanOrEqualTo(probeAnswered.get());
        parallel.dispose();
    }

    @Test
    void theSecurityPolicySilencesItsApiAlone() {
        refuseTheFirst(1, 31707);
        Mono<List<ResultItem>> all = deletion();
        eventually(() -> isPaused(Api.FRIEND_DELETE) || arrivals.size() > 1);
        assertThat(isPaused(Api.FRIEND_DELETE_ALL)).isFalse();
        assertThat(await(all)).hasSize(5).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(arrivals).hasSize(1 + 5);
        assertSilenceAfterCall(1);
    }

    @Test
    void againstTheSecurityPolicyACallGoesThreeTimesAtMost() {
        refuseTheFirst(3, 31707);
        List<ResultItem> items = await(gateway.delete("owner-00000", DeleteType.SINGLE, Flux.just("friend-00000")));
        assertThat(items).allMatch(item -> item.resultCode() == 31707);
        assertThat(arrivals).hasSize(3);
        assertSilenceAfterCall(1);
        assertSilenceAfterCall(2);
    }
}
