/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.DeadlineExceededException;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.Outcome;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Sources that err, that never end, that break the rules; arguments that make no sense. */
@Tag("promise-7")
@NullUnmarked
class SourceTest {

    private final Sandbox sandbox = Sandbox.start();
    private final FriendGateway gateway =
            Sandboxes.gatewayTo(sandbox).maxConcurrentCalls(2).build();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    /** A source that signals what it likes, whatever was asked for. */
    private abstract static class Lawless implements Subscription {
        @Override
        public void request(long n) {
            // heeds nothing
        }

        @Override
        public void cancel() {
            // heeds nothing
        }
    }

    @Test
    void aSourceThatErrsAtOnceEndsTheStreamWithItsError() {
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, Flux.error(new IllegalStateException("no file"))))
                .verifyErrorMessage("no file");
        StepVerifier.create(gateway.deleteAll(DeleteType.SINGLE, Flux.error(new IllegalStateException("no file"))))
                .verifyErrorMessage("no file");
    }

    @Test
    void aSourceThatNeverEndsIsServedAsItComes() {
        sandbox.friends().befriend("alice", "bob");
        StepVerifier.create(gateway.delete(
                        "alice", DeleteType.SINGLE, Flux.just("bob").concatWith(Flux.never())))
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .thenCancel()
                .verify(Duration.ofSeconds(20));
    }

    @Test
    void aSourceThatSendsMoreThanItWasAskedForIsCutOffWithATypedError() {
        AtomicBoolean cancelled = new AtomicBoolean();
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, (Subscriber<? super Friendship> subscriber) -> {
                    subscriber.onSubscribe(new Lawless() {
                        @Override
                        public void cancel() {
                            cancelled.set(true);
                        }
                    });
                    for (int i = 0; i < 10_000 && !cancelled.get(); i++) {
                        subscriber.onNext(new Friendship("alice", "friend-" + i));
                    }
                }))
                .thenConsumeWhile(item -> true)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("more than it was asked for"));
        assertThat(cancelled).isTrue();
    }

    @Test
    void whatASourceSendsAfterItsEndIsDroppedAndSeen() {
        sandbox.friends().befriend("alice", "bob");
        StepVerifier.create(gateway.delete(
                        DeleteType.SINGLE,
                        (Subscriber<? super Friendship> subscriber) -> subscriber.onSubscribe(new Lawless() {
                            private boolean sent;

                            @Override
                            public void request(long n) {
                                if (!sent) {
                                    sent = true;
                                    subscriber.onNext(new Friendship("alice", "bob"));
                                    subscriber.onComplete();
                                    subscriber.onNext(new Friendship("alice", "carol"));
                                    subscriber.onError(new IllegalStateException("late"));
                                    subscriber.onComplete();
                                }
                            }
                        })))
                .expectNextCount(1)
                .verifyComplete();
        eventually(() -> Guards.FOUND.size() == 2);
        assertThat(Guards.FOUND).allMatch(found -> found.contains("dropped"));
        Guards.FOUND.clear();
    }

    @Test
    void aSecondSubscriptionOfTheSourceIsCancelled() {
        AtomicBoolean second = new AtomicBoolean();
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, (Subscriber<? super Friendship> subscriber) -> {
                    subscriber.onSubscribe(new Lawless() {});
                    subscriber.onSubscribe(new Lawless() {
                        @Override
                        public void cancel() {
                            second.set(true);
                        }
                    });
                    subscriber.onComplete();
                }))
                .verifyComplete();
        assertThat(second).isTrue();
    }

    /** A source that has not said yet that it heard us: deadline, closing and cancelling do not wait for it. */
    @Test
    void aSourceThatDoesNotAnswerTheSubscriptionHoldsNobodyUp() {
        List<Subscriber<? super Friendship>> waiting = new CopyOnWriteArrayList<>();
        StepVerifier.create(gateway.deadline(Duration.ofMillis(20)).delete(DeleteType.SINGLE, waiting::add))
                .expectError(DeadlineExceededException.class)
                .verify(Duration.ofSeconds(20));
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, waiting::add))
                .thenCancel()
                .verify(Duration.ofSeconds(20));
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, waiting::add))
                .then(gateway::dispose)
                .expectError(GatewayClosedException.class)
                .verify(Duration.ofSeconds(20));
        AtomicInteger cancelled = new AtomicInteger();
        waiting.forEach(subscriber -> subscriber.onSubscribe(new Lawless() {
            @Override
            public void cancel() {
                cancelled.incrementAndGet();
            }
        }));
        assertThat(waiting).hasSize(3);
        assertThat(cancelled).hasValue(3);
    }

    @Test
    void aSourceThatAnswersLaterIsAskedThen() {
        sandbox.friends().befriend("alice", "bob");
        Flux<String> late = Flux.just("bob").delaySubscription(Duration.ofMillis(50));
        StepVerifier.create(gateway.delete("alice", DeleteType.SINGLE, late))
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .expectComplete()
                .verify(Duration.ofSeconds(20));
    }

    @Test
    void aSourceThatThrowsWhenSubscribedToEndsTheStream() {
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, (Subscriber<? super Friendship> subscriber) -> {
                    throw new IllegalStateException("no driver");
                }))
                .expectErrorMessage("no driver")
                .verify(Duration.ofSeconds(20));
    }

    @Test
    void aMapperThatReturnsNothingEndsTheStreamWithTheReason() {
        StepVerifier.create(gateway.delete(
                        "alice", DeleteType.SINGLE, Flux.just("bob").map(name -> (String) null)))
                .verifyError(NullPointerException.class);
        eventually(() -> Guards.FOUND.size() == 1);
        assertThat(Guards.FOUND)
                .as("the source's own operator")
                .allMatch(found -> found.startsWith("an operator failed: java.lang.NullPointerException"));
        Guards.FOUND.clear();
    }

    @Test
    void nullArgumentsAreNamed() {
        assertThatThrownBy(() -> gateway.delete((FriendDeleteRequest) null)).hasMessageContaining("request");
        assertThatThrownBy(() -> gateway.delete(null, DeleteType.SINGLE, Flux.empty()))
                .hasMessageContaining("fromAccount");
        assertThatThrownBy(() -> gateway.delete("alice", null, Flux.empty())).hasMessageContaining("type");
        assertThatThrownBy(() -> gateway.delete("alice", DeleteType.SINGLE, null))
                .hasMessageContaining("toAccounts");
        assertThatThrownBy(() -> gateway.delete(DeleteType.SINGLE, (Publisher<Friendship>) null))
                .hasMessageContaining("friendships");
        assertThatThrownBy(() -> gateway.deleteAll(null)).hasMessageContaining("request");
        assertThatThrownBy(() -> gateway.deleteAll(null, Flux.empty())).hasMessageContaining("type");
        assertThatThrownBy(() -> gateway.deleteAll(DeleteType.SINGLE, null)).hasMessageContaining("fromAccounts");
        assertThatThrownBy(() -> gateway.disposeLater(null)).hasMessageContaining("patience");
    }

    @Test
    void requestsThatMakeNoSenseAreRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> new FriendDeleteRequest("alice", DeleteType.SINGLE, List.of()))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new FriendDeleteRequest("", DeleteType.SINGLE, List.of("bob")))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new FriendDeleteRequest("x".repeat(33), DeleteType.SINGLE, List.of("bob")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("33 bytes");
        assertThat(sandbox.score().calls()).isZero();
    }

    @Test
    void aSubscriberThatAsksForNothingSensibleIsToldSo() {
        StepVerifier.create(Mono.<Throwable>create(sink -> gateway.delete(DeleteType.SINGLE, Flux.never())
                        .subscribe(new Subscriber<>() {
                            @Override
                            public void onSubscribe(Subscription subscription) {
                                subscription.request(0);
                            }

                            @Override
                            public void onNext(io.github.unfriend.ResultItem item) {
                                // none comes
                            }

                            @Override
                            public void onError(Throwable error) {
                                sink.success(error);
                            }

                            @Override
                            public void onComplete() {
                                // does not come
                            }
                        })))
                .expectNextMatches(error -> error instanceof IllegalArgumentException)
                .verifyComplete();
    }
}
