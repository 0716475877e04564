/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.reactor.micrometer.CallContext;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Accounts that share a call, or its place, with others: none pays for them. */
@Tag("promise-1")
@Timeout(60)
class SharedCallTest {

    private final Sandbox sandbox = Sandbox.start();
    private final Sinks.Many<Permit> permits = Sinks.many().multicast().directAllOrNothing();
    private final StubPacer pacer = new StubPacer(() -> permits.asFlux().next());

    @AfterEach
    void close() {
        sandbox.dispose();
    }

    private void grantAll() {
        eventually(() -> permits.tryEmitNext(pacer.permit()).isSuccess());
    }

    private static Mono<ResultItem> single(FriendGateway gateway, String to) {
        return gateway.delete(DeleteType.SINGLE, new Friendship("alice", to));
    }

    /** Two owners fail and wait for their second attempt; there are two places, and a third owner gets one. */
    @Test
    void aCallThatWaitsForItsNextAttemptKeepsNobodyElseWaiting() {
        sandbox.friends().befriend("alice", "bob").befriend("carol", "bob").befriend("dave", "bob");
        AtomicInteger failures = new AtomicInteger();
        sandbox.misbehave(FaultPlan.script(call -> !call.fromAccount().equals("dave") && failures.incrementAndGet() <= 2
                ? Fault.code(30006)
                : Fault.none()));
        Duration pause = Duration.ofSeconds(2);
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
                .maxConcurrentCalls(2)
                .retry(failure -> new Decision.Retry(pause))
                .build();
        Flux<Friendship> pairs = Flux.just("alice", "carol", "dave").map(owner -> new Friendship(owner, "bob"));
        assertThat(await(gateway.delete(DeleteType.SINGLE, pairs)))
                .allMatch(item -> item.outcome() == Outcome.DELETED)
                .extracting(ResultItem::fromAccount)
                .startsWith("dave")
                .containsExactlyInAnyOrder("alice", "carol", "dave");
        gateway.dispose();
    }

    /** The time of a call that never leaves ends; who joined it later has a call's time of its own. */
    @Test
    void whoJoinsACallLateHasItsWholeTime() {
        sandbox.friends().befriend("alice", "bob").befriend("alice", "carol");
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
                .pacer(pacer)
                .callDeadline(Duration.ofSeconds(2))
                .build();
        Queue<ResultItem> results = new ConcurrentLinkedQueue<>();
        single(gateway, "bob").subscribe(results::add);
        eventually(() -> pacer.acquired.get() == 1);
        Mono.delay(Duration.ofSeconds(1)).block();
        single(gateway, "carol").subscribe(results::add);
        eventually(() -> results.size() == 1);
        assertThat(results).allMatch(item -> item.toAccount().equals("bob") && item.resultCode() == LocalCode.NOT_SENT);
        grantAll();
        eventually(() -> results.size() == 2);
        assertThat(results).anyMatch(item -> item.toAccount().equals("carol") && item.outcome() == Outcome.DELETED);
        gateway.dispose();
    }

    @Test
    void anObservationTellsHowManyAccountsTheCallLeftWith() {
        sandbox.friends().befriend("alice", "bob").befriend("alice", "carol");
        Queue<Integer> accounts = new ConcurrentLinkedQueue<>();
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<CallContext>() {
            @Override
            public void onStart(CallContext context) {
                accounts.add(context.accounts());
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof CallContext;
            }
        });
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
                .pacer(pacer)
                .observationRegistry(registry)
                .build();
        Queue<ResultItem> results = new ConcurrentLinkedQueue<>();
        single(gateway, "bob").subscribe(results::add);
        eventually(() -> pacer.acquired.get() == 1);
        single(gateway, "carol").subscribe(results::add);
        Mono.delay(Duration.ofMillis(100)).block();
        grantAll();
        eventually(() -> results.size() == 2);
        assertThat(accounts).containsExactly(2);
        gateway.dispose();
    }

    /** The call is nobody's alone: its observation has no parent. The Context of a caller stays with its own signals. */
    @Test
    void theContextOfEachCallerIsItsOwnAndTheCallHasNone() {
        sandbox.friends().befriend("alice", "bob").befriend("alice", "carol");
        Queue<Observation.ContextView> parents = new ConcurrentLinkedQueue<>();
        Queue<String> callers = new ConcurrentLinkedQueue<>();
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<CallContext>() {
            @Override
            public void onStart(CallContext context) {
                if (context.getParentObservation() != null) {
                    parents.add(context.getParentObservation().getContextView());
                }
                callers.add("call of " + context.subscriberContext().getOrDefault("caller", "nobody"));
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof CallContext;
            }
        });
        FriendGateway gateway =
                Sandboxes.gatewayTo(sandbox).observationRegistry(registry).build();
        Observation parent = Observation.start("parent", registry);
        for (String name : List.of("bob", "carol")) {
            await(single(gateway, name)
                    .flatMap(item -> Mono.deferContextual(context -> {
                        callers.add(item.toAccount() + " for " + context.get("caller"));
                        return Mono.just(item);
                    }))
                    .contextWrite(
                            context -> context.put("caller", name).put(ObservationThreadLocalAccessor.KEY, parent)));
        }
        parent.stop();
        assertThat(callers).containsExactly("call of nobody", "bob for bob", "call of nobody", "carol for carol");
        assertThat(parents).isEmpty();
        gateway.dispose();
    }
}
