/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.Outcome;
import io.github.unfriend.Region;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** How a gateway is built, shared and closed. */
class GatewayLifeTest {

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void close() {
        sandbox.dispose();
    }

    private Flux<Friendship> pairs(int count) {
        sandbox.friends().generate(count, 1);
        return Flux.range(0, count).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000"));
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatThrownBy(
                        () -> FriendGateway.builder().region(Region.SINGAPORE).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(".credentials(");
        assertThatThrownBy(() -> FriendGateway.builder()
                        .credentials(Sandboxes.CREDENTIALS)
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(".region(");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://chat.example.com", "ftp://127.0.0.1", "https://host/path", "https://user@host", "host:80"
            })
    void addressesThatCannotBeMeantAreRefused(String uri) {
        FriendGatewayBuilder builder =
                FriendGateway.builder().credentials(Sandboxes.CREDENTIALS).endpoint(URI.create(uri));
        assertThatThrownBy(builder::build).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void itIsClosedAfterTheEndOfEveryStreamWasTold() {
        sandbox.friends().befriend("alice", "bob");
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();
        Sinks.Many<String> accounts = Sinks.many().unicast().onBackpressureBuffer();
        AtomicBoolean closed = new AtomicBoolean();
        AtomicReference<Boolean> closedWhenTold = new AtomicReference<>();
        gateway.delete("alice", DeleteType.SINGLE, accounts.asFlux())
                .doOnComplete(() -> {
                    long end = System.nanoTime() + Duration.ofMillis(200).toNanos();
                    boolean before = closed.get();
                    while (System.nanoTime() < end && !before) { // waiting is not allowed here
                        before = closed.get();
                    }
                    closedWhenTold.set(before);
                })
                .subscribe();
        accounts.emitNext("bob", Sinks.EmitFailureHandler.FAIL_FAST);
        gateway.disposeLater(Duration.ofSeconds(20)).subscribe(nothing -> {}, failed -> {}, () -> closed.set(true));
        accounts.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);
        eventually(() -> closedWhenTold.get() != null);
        assertThat(closedWhenTold).hasValue(false);
        eventually(closed::get);
    }

    @Tag("promise-6")
    @Test
    void plainHttpGoesAnywhereOnlyIfAskedForByName() {
        FriendGateway gateway = FriendGateway.builder()
                .credentials(Sandboxes.CREDENTIALS)
                .endpoint(URI.create("http://chat.example.com"))
                .allowPlainHttp()
                .build();
        gateway.dispose();
        assertThat(gateway.isDisposed()).isTrue();
    }

    @Test
    void impossibleFiguresAreRefused() {
        FriendGatewayBuilder builder = FriendGateway.builder();
        assertThatThrownBy(() -> builder.callsPerSecond(0)).hasMessageContaining("callsPerSecond");
        assertThatThrownBy(() -> builder.callsPerSecond(100_001)).hasMessageContaining("at most 100000");
        assertThatThrownBy(() -> builder.maxConcurrentCalls(-1)).hasMessageContaining("maxConcurrentCalls");
        assertThatThrownBy(() -> builder.callTimeout(Duration.ZERO)).hasMessageContaining("callTimeout");
        assertThatThrownBy(() -> builder.linger(Duration.ofMillis(-1))).hasMessageContaining("linger");
        assertThatThrownBy(() -> builder.userSigLifetime(Duration.ofMillis(1))).hasMessageContaining("userSigLifetime");
        assertThatThrownBy(() -> builder.maxWaitingCalls(0)).hasMessageContaining("maxWaitingCalls");
    }

    @Test
    void aClosedGatewayRefusesNewWork() {
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();
        gateway.dispose();
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, pairs(1))).verifyError(GatewayClosedException.class);
        StepVerifier.create(gateway.deleteAll(DeleteType.SINGLE, Mono.just("alice")))
                .verifyError(GatewayClosedException.class);
        assertThat(sandbox.score().calls()).isZero();
    }

    @Tag("promise-7")
    @Test
    void closingWaitsForCallsOnTheWireAndSendsNothingElse() {
        sandbox.misbehave(FaultPlan.none().withLatency(Duration.ofMillis(300), Duration.ofMillis(300)));
        FriendGateway gateway =
                Sandboxes.gatewayTo(sandbox).maxConcurrentCalls(5).build();
        long[] deleted = new long[1];
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, pairs(100)).doOnNext(item -> {
                    assertThat(item.outcome()).isEqualTo(Outcome.DELETED);
                    deleted[0]++;
                }))
                .then(() -> eventually(() -> sandbox.score().calls() == 5))
                .then(gateway::dispose)
                .thenConsumeWhile(item -> true)
                .verifyError(GatewayClosedException.class);
        assertThat(deleted[0]).isEqualTo(5);
        assertThat(sandbox.score().deletions()).isEqualTo(5);
    }

    @Tag("promise-7")
    @Test
    void closingLaterLetsOpenStreamsFinish() {
        FriendGateway gateway =
                Sandboxes.gatewayTo(sandbox).maxConcurrentCalls(5).build();
        Mono<Void> closing = gateway.disposeLater(Duration.ofSeconds(20)).cache();
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, pairs(40)), 1)
                .expectNextCount(1)
                .then(() -> {
                    closing.subscribe();
                    assertThat(gateway.isDisposed()).isTrue();
                    StepVerifier.create(gateway.delete(DeleteType.SINGLE, Flux.empty()))
                            .verifyError(GatewayClosedException.class);
                })
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(39)
                .verifyComplete();
        StepVerifier.create(closing).verifyComplete();
        eventually(() -> sandbox.score().openConnections() == 0);
    }

    @Tag("promise-7")
    @Test
    void closingLaterEndsWhatTakesTooLong() {
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, Flux.never()))
                .then(() -> gateway.disposeLater(Duration.ofMillis(50)).block(Duration.ofSeconds(20)))
                .verifyError(GatewayClosedException.class);
    }

    @Test
    void aPacerOfTheUsersIsSharedAndOutlivesTheGateway() {
        Pacer pacer = Pacer.builder().callsPerSecond(150).build();
        FriendGateway one = Sandboxes.gatewayTo(sandbox).pacer(pacer).build();
        FriendGateway two = Sandboxes.gatewayTo(sandbox).pacer(pacer).build();
        Flux<Friendship> pairs = pairs(300);
        Duration elapsed = Sandboxes.await(Flux.merge(
                        one.delete(DeleteType.SINGLE, pairs.take(150)), two.delete(DeleteType.SINGLE, pairs.skip(150)))
                .then()
                .thenReturn(1)
                .elapsed()
                .map(tuple -> Duration.ofMillis(tuple.getT1())));
        assertThat(sandbox.score().calls()).isEqualTo(300);
        assertThat(elapsed)
                .as("300 calls at 150 a second, all places free at first")
                .isGreaterThan(Duration.ofMillis(995));
        one.dispose();
        two.dispose();
        assertThat(pacer.isDisposed()).isFalse();
        pacer.dispose();
    }
}
