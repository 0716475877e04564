/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Promise 3: demand rules, over real sockets. What is read ahead says {@link ReadAheadTest}. */
@Tag("promise-3")
class DemandTest {

    private static final int CONCURRENT = 4;

    private final Sandbox sandbox = Sandbox.start();
    private final FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
            .maxConcurrentCalls(CONCURRENT)
            .readAhead(0)
            .build();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    /** Owners with one friend each: a call for every pair. */
    private Flux<Friendship> pairs(int count) {
        sandbox.friends().generate(count, 1);
        return Flux.range(0, count)
                .map(i -> new Friendship(FriendLists.name("owner-", i), FriendLists.name("friend-", 0)));
    }

    @Test
    void nobodyAsksSoNothingHappens() {
        AtomicLong asked = new AtomicLong();
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, pairs(100).doOnRequest(asked::addAndGet)), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(200))
                .thenCancel()
                .verify();
        assertThat(asked).hasValue(0);
        assertThat(sandbox.score().calls()).isZero();
        assertThat(sandbox.score().connectionsOpened()).isZero();
    }

    @Test
    void oneIsAskedForSoOneCallIsMade() {
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, pairs(100)), 1)
                .expectNextCount(1)
                .then(() -> stays(1))
                .thenRequest(3)
                .expectNextCount(3)
                .then(() -> stays(4))
                .thenCancel()
                .verify();
    }

    @Test
    void aBatchThatWasAskedForInPartIsSentOnceAndHandedOutInParts() {
        sandbox.friends().generate(1, 2500);
        Flux<String> friends = Flux.range(0, 2500).map(i -> FriendLists.name("friend-", i));
        StepVerifier.create(gateway.delete(FriendLists.name("owner-", 0), DeleteType.SINGLE, friends), 10)
                .expectNextCount(10)
                .thenRequest(990)
                .expectNextCount(990)
                .then(() -> stays(1))
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> stays(2))
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(1499)
                .verifyComplete();
        assertThat(sandbox.score().calls()).isEqualTo(3);
    }

    @Test
    void theSourceIsAskedForWhatCallsCarryAndForTheNextBatches() {
        AtomicLong asked = new AtomicLong();
        AtomicLong answered = new AtomicLong();
        AtomicLong most = new AtomicLong();
        sandbox.friends().generate(3, 10_000);
        Flux<Friendship> source = Flux.range(0, 30_000)
                .map(i -> new Friendship(FriendLists.name("owner-", i % 3), FriendLists.name("friend-", i / 3)))
                .doOnRequest(n -> most.accumulateAndGet(asked.addAndGet(n) - answered.get(), Math::max));
        Long count = Sandboxes.await(gateway.delete(DeleteType.SINGLE, source)
                .doOnNext(item -> answered.incrementAndGet())
                .count());
        assertThat(count).isEqualTo(30_000);
        int nextBatches = 2_000 + 3 * 1_000; // those that lie ready, and one that is gathered for each owner
        int window = 1_000;
        assertThat(most.get()).isPositive().isLessThanOrEqualTo(CONCURRENT * 1_000 + nextBatches + window);
    }

    @Test
    void aStalledSubscriberStopsTheCallsAndSpendsNoPermit() {
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, pairs(500)), 50)
                .expectNextCount(50)
                .then(() -> stays(50))
                .then(() -> {
                    PacerState state = gateway.pacer().state(Api.FRIEND_DELETE);
                    assertThat(state.waiting()).isZero();
                    assertThat(state.inFlight()).isZero();
                })
                .thenRequest(450)
                .expectNextCount(450)
                .verifyComplete();
        assertThat(sandbox.score().calls()).isEqualTo(500);
    }

    @Test
    void neverMoreCallsAtOnceThanAllowed() {
        sandbox.misbehave(FaultPlan.none().withLatency(Duration.ofMillis(20), Duration.ofMillis(30)));
        AtomicLong most = new AtomicLong();
        Flux.interval(Duration.ofMillis(2))
                .takeUntilOther(gateway.delete(DeleteType.SINGLE, pairs(100)).then())
                .doOnNext(tick -> most.accumulateAndGet(sandbox.score().inFlight(), Math::max))
                .blockLast(Duration.ofSeconds(30));
        assertThat(most.get()).isPositive().isLessThanOrEqualTo(CONCURRENT);
        assertThat(sandbox.score().connectionsOpened()).isLessThanOrEqualTo(CONCURRENT);
    }

    @Test
    void cancellingGivesEverythingBack() {
        sandbox.misbehave(FaultPlan.none().withLatency(Duration.ofSeconds(2), Duration.ofSeconds(2)));
        AtomicLong cancelled = new AtomicLong();
        Flux<ResultItem> results = gateway.delete(
                DeleteType.SINGLE, pairs(100).concatWith(Flux.never()).doOnCancel(cancelled::incrementAndGet));
        StepVerifier.create(results)
                .then(() -> eventually(() -> sandbox.score().calls() == CONCURRENT))
                .thenCancel()
                .verify();
        eventually(() -> cancelled.get() == 1);
        eventually(() -> sandbox.score().openConnections() == 0);
        eventually(() -> gateway.pacer().state(Api.FRIEND_DELETE).waiting() == 0);
        stays(CONCURRENT);
    }

    @Test
    void cancellingWhileCallsWaitForAPermitLeavesTheQueue() {
        FriendGateway slow = Sandboxes.gatewayTo(sandbox)
                .maxConcurrentCalls(CONCURRENT)
                .callsPerSecond(1)
                .build();
        StepVerifier.create(slow.delete(DeleteType.SINGLE, pairs(100)).ignoreElements())
                .then(() ->
                        eventually(() -> slow.pacer().state(Api.FRIEND_DELETE).waiting() >= 1))
                .thenCancel()
                .verify();
        eventually(() -> slow.pacer().state(Api.FRIEND_DELETE).waiting() == 0);
        long calls = slow.pacer().state(Api.FRIEND_DELETE).calls(); // the last one may still be on its way
        Mono.delay(Duration.ofMillis(1500)).block(); // by then another one would have had its turn
        assertThat(slow.pacer().state(Api.FRIEND_DELETE).calls()).isEqualTo(calls);
        assertThat(calls).isLessThan(10);
        assertThat(sandbox.score().calls()).isLessThanOrEqualTo(calls);
        slow.dispose();
        eventually(() -> sandbox.score().openConnections() == 0);
    }

    @Test
    void cancellingWhileConnectionsOpenLeavesNothingBehind() throws IOException {
        // A listener whose queue is full: connections to it stay half-way.
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<SocketChannel> fillers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                SocketChannel filler = SocketChannel.open();
                filler.configureBlocking(false);
                filler.connect(deaf.getLocalSocketAddress());
                fillers.add(filler);
            }
            FriendGateway astray = FriendGateway.builder()
                    .credentials(Sandboxes.CREDENTIALS)
                    .endpoint(URI.create("http://127.0.0.1:" + deaf.getLocalPort()))
                    .build();
            StepVerifier.create(astray.delete(DeleteType.SINGLE, pairs(10)))
                    .expectSubscription()
                    .expectNoEvent(Duration.ofMillis(200))
                    .thenCancel()
                    .verify();
            assertThat(astray.pacer().state(Api.FRIEND_DELETE).waiting()).isZero();
            StepVerifier.create(astray.disposeLater(Duration.ofSeconds(10)))
                    .expectComplete()
                    .verify(Duration.ofSeconds(20));
            for (SocketChannel filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void cancellingInTheMiddleOfAnAnswerClosesItsConnection() {
        sandbox.misbehave(FaultPlan.script(call -> Fault.drip(50, Duration.ofMillis(100))));
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, pairs(2)))
                .then(() -> eventually(() -> sandbox.score().calls() == 2))
                .thenAwait(Duration.ofMillis(150))
                .thenCancel()
                .verify();
        eventually(() -> sandbox.score().openConnections() == 0);
    }

    @Test
    void duringALongPauseNeitherPermitNorConnectionIsWaitedFor() {
        gateway.pacer().pause(Api.FRIEND_DELETE, Duration.ofMinutes(5));
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, pairs(100)))
                .expectSubscription()
                .then(() -> stays(0))
                .thenCancel()
                .verify();
        assertThat(gateway.pacer().state(Api.FRIEND_DELETE).waiting()).isZero();
        assertThat(sandbox.score().connectionsOpened()).isZero();
    }

    /** Long enough for a call that should not be made to be seen. */
    private void stays(long calls) {
        Mono.delay(Duration.ofMillis(150)).block();
        assertThat(sandbox.score().calls()).isEqualTo(calls);
    }
}
