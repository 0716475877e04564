/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.Settled;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Errors that Reactor calls fatal to the JVM, thrown by a part of the user's: the stream ends, and gives back the turn of
 * its From_Account, the permit and the connection (W11).
 */
@Tag("promise-7")
@SuppressWarnings("ReferenceEquality") // one gateway is never like another
class FatalErrorsTest {

    /** Whose code throws. */
    enum Part {
        SOURCE_SUBSCRIBE,
        SOURCE_REQUEST,
        FUNCTION,
        POLICY,
        PACER_ACQUIRE,
        PACER_PERMIT,
        PERMIT_WRITTEN,
        PERMIT_ANSWERED,
        SUBSCRIBER_ON_NEXT,
        SUBSCRIBER_ON_COMPLETE,
        SUBSCRIBER_ON_ERROR
    }

    private final Sandbox sandbox = Sandbox.start();
    private final AtomicReference<@Nullable Part> broken = new AtomicReference<>();
    private final FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
            .maxConcurrentCalls(1)
            .pacer(new BreakablePacer())
            .retry(failure -> {
                breakIn(Part.POLICY);
                return RetryPolicy.standard().decide(failure);
            })
            .build();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
        Guards.FOUND.clear(); // whatever was dropped: it was thrown on purpose
    }

    private void breakIn(Part part) {
        if (broken.get() == part) {
            throw new NoClassDefFoundError("thrown on purpose in " + part);
        }
    }

    private final class BreakablePacer implements Pacer {

        private final Pacer real = Pacer.builder().build();

        @Override
        public Mono<Permit> acquire(Api api) {
            breakIn(Part.PACER_ACQUIRE);
            return real.acquire(api).map(permit -> {
                breakIn(Part.PACER_PERMIT);
                return new Permit() {
                    @Override
                    public void written(String host) {
                        permit.written(host);
                        breakIn(Part.PERMIT_WRITTEN);
                    }

                    @Override
                    public void answered(boolean byService) {
                        permit.answered(byService);
                        breakIn(Part.PERMIT_ANSWERED);
                    }

                    @Override
                    public void giveBack() {
                        permit.giveBack();
                    }

                    @Override
                    public void abandoned() {
                        permit.abandoned();
                    }
                };
            });
        }

        @Override
        public void slowDown(Api api) {
            real.slowDown(api);
        }

        @Override
        public void pause(Api api, Duration duration) {
            real.pause(api, duration);
        }

        @Override
        public PacerState state(Api api) {
            return real.state(api);
        }

        @Override
        public void dispose() {
            real.dispose();
        }
    }

    private Publisher<String> source() {
        return subscriber -> {
            breakIn(Part.SOURCE_SUBSCRIBE);
            Flux.just("bob", "carol", "dave")
                    .doOnRequest(n -> breakIn(Part.SOURCE_REQUEST))
                    .subscribe(subscriber);
        };
    }

    private Friendship friendship(String account) {
        breakIn(Part.FUNCTION);
        return new Friendship("alice", account);
    }

    /** One of Reactor's own kind: nothing else stands between it and the stream. */
    private final class Breaking implements CoreSubscriber<Settled<String, ResultItem>> {

        final AtomicBoolean ended = new AtomicBoolean();

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Settled<String, ResultItem> result) {
            breakIn(Part.SUBSCRIBER_ON_NEXT);
        }

        @Override
        public void onError(Throwable error) {
            ended.set(true);
            breakIn(Part.SUBSCRIBER_ON_ERROR);
        }

        @Override
        public void onComplete() {
            ended.set(true);
            breakIn(Part.SUBSCRIBER_ON_COMPLETE);
        }
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void theStreamEndsAndTheNextOneOfThisOwnerGoesOn(Part part) {
        serveAliceOneCallAtATime();
        // something for the policy to decide, and for onError an error
        sandbox.misbehave(FaultPlan.script(call -> part == Part.SUBSCRIBER_ON_ERROR
                ? Fault.code(60012)
                : part == Part.POLICY ? Fault.code(30006) : Fault.none()));
        FriendGateway own = part == Part.SUBSCRIBER_ON_ERROR ? impatient() : gateway;
        broken.set(part);
        Breaking subscriber = new Breaking();
        try {
            own.delete(DeleteType.SINGLE, source(), this::friendship).subscribe(subscriber);
        } catch (NoClassDefFoundError thrown) {
            assertThat(part).as("who throws while it is subscribed to").isEqualTo(Part.SOURCE_SUBSCRIBE);
        }
        eventually(() -> subscriber.ended.get());
        broken.set(null);
        sandbox.misbehave(FaultPlan.none());
        sandbox.friends().befriend("alice", "erin");
        sandbox.friends().befriend("alice", "frank");
        assertThat(await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("erin", "frank"))
                        .timeout(Duration.ofSeconds(20))))
                .hasSize(2)
                .allMatch(item -> item.outcome() == Outcome.DELETED);
        eventually(() -> gateway.pacer().state(Api.FRIEND_DELETE).inFlight() == 0);
        if (own != gateway) {
            own.dispose();
        }
    }

    /** Its refusal is not to refuse the gateway of the next stream. */
    private FriendGateway impatient() {
        return Sandboxes.gatewayTo(sandbox).build();
    }

    private void serveAliceOneCallAtATime() {
        sandbox.friends().befriend("alice", "zoe");
        AtomicBoolean conflict = new AtomicBoolean(true);
        sandbox.misbehave(FaultPlan.script(call -> conflict.getAndSet(false) ? Fault.code(30008) : Fault.none()));
        assertThat(await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("zoe"))))
                .allMatch(item -> item.outcome() == Outcome.DELETED);
    }
}
