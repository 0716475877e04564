/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultKind;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The retry budget at work: a host that cannot be reached, or answers nothing, is left in peace for seconds. */
@Tag("promise-5")
class DeadHostTest {

    /** Of the gateway; each call that was not sent, and each repetition, takes one. */
    private static final int TOKENS = 500;

    private static final int CONCURRENT = 32;
    /** Timers never end early; what a busy machine adds only makes it longer. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(4_990);

    private static Flux<Friendship> pairs(int owners) {
        return Flux.range(0, owners).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000"));
    }

    @Test
    void aHostThatRefusesConnectionsIsNotHammeredHoweverFewTheAttempts() {
        int owners = TOKENS + CONCURRENT + 20;
        Sandbox before = Sandbox.start();
        SandboxOptions samePort = SandboxOptions.builder().port(before.port()).build();
        FriendGateway gateway = Sandboxes.gatewayTo(before)
                .maxConcurrentCalls(CONCURRENT)
                .retry(RetryPolicy.builder().maxAttempts(1).build())
                .build();
        before.close();
        AtomicInteger results = new AtomicInteger();
        Mono<List<ResultItem>> all = gateway.delete(DeleteType.SINGLE, pairs(owners))
                .doOnNext(item -> results.incrementAndGet())
                .collectList()
                .elapsed()
                .map(timed -> {
                    assertThat(Duration.ofMillis(timed.getT1())).isGreaterThan(SHORTEST_WAIT);
                    return timed.getT2();
                })
                .cache();
        all.subscribe(list -> {}, error -> {});
        Sandboxes.eventually(() -> results.get() >= TOKENS);
        try (Sandbox returned = Sandbox.start(samePort)) {
            returned.friends().generate(owners, 1);
            List<ResultItem> items = await(all);
            assertThat(items).hasSize(owners);
            long deleted = items.stream()
                    .filter(item -> item.outcome() == Outcome.DELETED)
                    .count();
            assertThat(deleted)
                    .as("those whose turn had not come when the budget was spent")
                    .isGreaterThanOrEqualTo(20)
                    .isEqualTo(returned.score().deletions());
        }
        gateway.dispose();
    }

    @Test
    void repetitionsWaitWhenTheBudgetIsSpent() {
        int owners = 60;
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.misbehave(FaultPlan.script(call -> Fault.of(FaultKind.RESET_BEFORE)));
            FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
                    .pacer(Pacer.unpaced())
                    .retry(RetryPolicy.builder()
                            .baseDelay(Duration.ZERO)
                            .maxAttempts(TOKENS / owners + 2)
                            .build())
                    .build();
            Duration elapsed = await(gateway.delete(DeleteType.SINGLE, pairs(owners))
                    .count()
                    .elapsed()
                    .map(timed -> {
                        assertThat(timed.getT2()).isEqualTo(owners);
                        return Duration.ofMillis(timed.getT1());
                    }));
            assertThat(elapsed).isGreaterThan(SHORTEST_WAIT);
            gateway.dispose();
        }
    }
}
