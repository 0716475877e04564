/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Sources that throw where Reactive Streams lets nobody throw (rules 3.15 and 3.16). */
@Tag("promise-7")
class ThrowingSourceTest {

    private final Sandbox sandbox = Sandbox.start();
    private final FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    /** Sends one friendship when it is asked, and does what a test likes when it is asked and when it is cancelled. */
    private Flux<ResultItem> deleteFrom(Runnable whenAsked, Runnable whenCancelled) {
        Publisher<Friendship> source = subscriber -> subscriber.onSubscribe(new Subscription() {
            private boolean sent;

            @Override
            public void request(long n) {
                if (!sent) {
                    sent = true;
                    subscriber.onNext(new Friendship("alice", "bob"));
                }
                whenAsked.run();
            }

            @Override
            public void cancel() {
                whenCancelled.run();
            }
        });
        return gateway.delete(DeleteType.SINGLE, source);
    }

    @Test
    void oneThatThrowsWhenAskedEndsTheStreamBehindTheResultsOfWhatItSent() {
        sandbox.friends().befriend("alice", "bob");
        Runnable nothing = () -> {};
        StepVerifier.create(deleteFrom(
                        () -> {
                            throw new IllegalStateException("no cursor");
                        },
                        nothing))
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .expectErrorMessage("no cursor")
                .verify(Duration.ofSeconds(20));
    }

    @Test
    void oneThatThrowsWhenCancelledHoldsNobodyUp() {
        sandbox.misbehave(FaultPlan.parse("stall=1", 1));
        Runnable nothing = () -> {};
        Disposable stream = deleteFrom(nothing, () -> {
                    throw new IllegalStateException("no connection");
                })
                .subscribe();
        eventually(() -> gateway.pacer().state(Api.FRIEND_DELETE).inFlight() == 1);
        stream.dispose();
        eventually(() -> gateway.pacer().state(Api.FRIEND_DELETE).inFlight() == 0);
        eventually(() -> !Guards.FOUND.isEmpty());
        assertThat(Guards.FOUND)
                .hasSize(1)
                .allMatch(found -> found.startsWith("error dropped") && found.contains("no connection"));
        Guards.FOUND.clear();
    }
}
