/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultKind;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Reactor's shared schedulers are shut down or reset under the gateway: every stream ends all the same (W10). */
@Tag("promise-7")
class LostSchedulersTest {

    /** What somebody else in the JVM does. */
    enum Loss {
        SHUTDOWN {
            @Override
            void happen() {
                Schedulers.shutdownNow();
            }
        },
        RESET {
            @Override
            void happen() {
                Schedulers.resetFactory();
            }
        };

        abstract void happen();
    }

    private final Sandbox sandbox = Sandbox.start();
    private final FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
            .callTimeout(Duration.ofMillis(300))
            .retry(RetryPolicy.builder()
                    .baseDelay(Duration.ofMillis(50))
                    .maxAttempts(3)
                    .build())
            .build();

    @AfterEach
    void close() {
        gateway.disposeLater(Duration.ofSeconds(1)).onErrorComplete().block(Duration.ofSeconds(20));
        sandbox.dispose();
        Schedulers.resetFactory(); // whoever comes next has new ones
        // what Reactor Netty itself had scheduled there, in gateway and sandbox
        Guards.FOUND.removeIf(found -> found.contains("Scheduler unavailable"));
    }

    private static List<ResultItem> get(CompletableFuture<List<ResultItem>> results) throws Exception {
        return results.get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void beforeTheFirstCall(Loss loss) {
        sandbox.friends().befriend("alice", "bob");
        loss.happen();
        assertThat(await(gateway.delete(new FriendDeleteRequest("alice", DeleteType.SINGLE, List.of("bob"))))
                        .items())
                .allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(await(gateway.delete(DeleteType.SINGLE, new Friendship("alice", "bob")))
                        .outcome())
                .isEqualTo(Outcome.NOT_FRIENDS);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void duringAndBetweenAttempts(Loss loss) throws Exception {
        sandbox.friends().befriend("alice", "bob");
        sandbox.misbehave(FaultPlan.script(call -> Fault.of(FaultKind.STALL)));
        CompletableFuture<List<ResultItem>> results = gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob"))
                .collectList()
                .toFuture();
        Sandboxes.eventually(() -> sandbox.score().calls() >= 1);
        loss.happen(); // an attempt waits for its answer, and its timeout counts
        long calls = sandbox.score().calls();
        Sandboxes.eventually(() -> sandbox.score().calls() > calls);
        loss.happen();
        assertThat(get(results)).allMatch(item -> item.outcome() == Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void aDeadlineStillCounts(Loss loss) throws Exception {
        sandbox.misbehave(FaultPlan.script(call -> Fault.of(FaultKind.STALL)));
        CompletableFuture<List<ResultItem>> results = gateway.deadline(Duration.ofMillis(500))
                .delete("alice", DeleteType.SINGLE, Flux.concat(Flux.just("bob"), Flux.never()))
                .onErrorComplete()
                .collectList()
                .toFuture();
        Sandboxes.eventually(() -> sandbox.score().calls() >= 1);
        loss.happen();
        assertThat(get(results)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aGatewayThatIsBuiltAfterwardsWorks() {
        Schedulers.shutdownNow();
        FriendGateway later = Sandboxes.gatewayTo(sandbox).build();
        assertThat(await(later.delete("alice", DeleteType.SINGLE, Flux.just("bob"))))
                .hasSize(1);
        later.dispose();
    }
}
