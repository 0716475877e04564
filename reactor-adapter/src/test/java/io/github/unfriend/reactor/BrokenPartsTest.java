/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.Region;
import io.github.unfriend.ResultItem;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A pacer or a clock of the user's that fails between the connection and the wire: no storm, no hang, no lost permit. */
@Tag("promise-7")
class BrokenPartsTest {

    private final Sandbox primary = Sandbox.start();
    private final Sandbox backup = Sandbox.start();

    @AfterEach
    void close() {
        primary.dispose();
        backup.dispose();
    }

    private FriendGatewayBuilder gateway(Pacer pacer) {
        return FriendGateway.builder()
                .credentials(Sandboxes.CREDENTIALS)
                .region(Region.of("test", primary.uri(), backup.uri()))
                .pacer(pacer)
                .maxConcurrentCalls(1)
                .retry(RetryPolicy.builder().maxAttempts(1).build());
    }

    private static List<ResultItem> delete(FriendGateway gateway, int owners) {
        try {
            return await(gateway.delete(
                    DeleteType.SINGLE,
                    Flux.range(0, owners).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000"))));
        } finally {
            gateway.dispose();
        }
    }

    private static Mono<Permit> broken(String how) {
        return switch (how) {
            case "errs" -> Mono.error(new IllegalStateException("no store"));
            case "is empty" -> Mono.empty();
            default -> throw new IllegalStateException("no store");
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"errs", "is empty", "throws"})
    void aPacerWithoutPermitsCostsOneAttemptAndIsNoFaultOfTheHost(String how) {
        StubPacer pacer = new StubPacer(() -> broken(how));
        List<ResultItem> items = delete(gateway(pacer).build(), 400);
        assertThat(items).hasSize(400).allMatch(item -> item.resultCode() == LocalCode.NOT_SENT);
        assertThat(items).allMatch(item -> item.resultInfo().contains("the pacer"));
        assertThat(pacer.acquired).hasValue(400);
        assertThat(primary.score().connectionsOpened()).isLessThanOrEqualTo(400);
        assertThat(backup.score().connectionsOpened()).isZero();
    }

    @Test
    void aClockThatThrowsWhenACallIsSignedCostsNoPermit() {
        StubPacer[] pacer = new StubPacer[1];
        pacer[0] = new StubPacer(() -> Mono.fromSupplier(() -> pacer[0].permit()));
        SettableClock clock = new SettableClock(Instant.now());
        FriendGateway gateway = gateway(pacer[0]).clock(clock).build();
        clock.fail(new IllegalStateException("no time"));
        List<ResultItem> items = delete(gateway, 400);
        assertThat(items).hasSize(400).allMatch(item -> item.resultCode() == LocalCode.NOT_SENT);
        assertThat(pacer[0].acquired).hasValue(400);
        assertThat(pacer[0].givenBack).hasValue(400);
        assertThat(pacer[0].written).hasValue(0);
        assertThat(primary.score().calls()).isZero();
    }

    @Test
    void aPacerThatThrowsWhenLookedAtEndsTheStreamBehindTheResultsOfWhatHasLeft() {
        primary.friends().generate(2, 1);
        primary.misbehave(FaultPlan.none().withLatency(Duration.ofMillis(300), Duration.ofMillis(300)));
        StubPacer pacer = StubPacer.after(Duration.ZERO).showingItsState(1);
        FriendGateway gateway = gateway(pacer).maxConcurrentCalls(2).build();
        Flux<Friendship> secondOnceTheFirstHasLeft = Flux.concat(
                Flux.just(new Friendship(FriendLists.name("owner-", 0), "friend-00000")),
                Flux.interval(Duration.ofMillis(5))
                        .filter(tick -> pacer.written.get() == 1)
                        .take(1)
                        .map(tick -> new Friendship(FriendLists.name("owner-", 1), "friend-00000")));
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, secondOnceTheFirstHasLeft))
                .expectNextMatches(item -> item.outcome() == Outcome.DELETED)
                .expectErrorMessage("no state")
                .verify(Duration.ofSeconds(20));
        assertThat(primary.friends().total()).isEqualTo(1);
        gateway.dispose();
    }

    @Test
    void aPacerThatThrowsWhenLookedAtLeavesTheResultsInTheErrorOfARequest() {
        primary.friends().generate(1, 2500);
        StubPacer pacer = StubPacer.after(Duration.ZERO).showingItsState(2);
        FriendGateway gateway = gateway(pacer).build();
        FriendDeleteRequest request = new FriendDeleteRequest(
                FriendLists.name("owner-", 0),
                DeleteType.SINGLE,
                IntStream.range(0, 2500)
                        .mapToObj(i -> FriendLists.name("friend-", i))
                        .toList());
        StepVerifier.create(gateway.delete(request))
                .expectErrorSatisfies(error -> {
                    UnfinishedException unfinished = (UnfinishedException) error;
                    assertThat(unfinished).hasRootCauseMessage("no state");
                    assertThat(unfinished.results()).hasSize(2000);
                    assertThat(unfinished.withoutResult()).isEqualTo(500);
                })
                .verify(Duration.ofSeconds(20));
        gateway.dispose();
    }

    @Test
    void aPolicyThatFailsAsNoneShouldEndsTheStreamAndKeepsWhatIsKnown() {
        primary.friends().generate(1, 2);
        primary.misbehave(FaultPlan.parse("omit=0.5", 3));
        FriendGateway gateway = gateway(StubPacer.after(Duration.ZERO))
                .retry(failure -> {
                    throw new AssertionError("no policy");
                })
                .build();
        String owner = FriendLists.name("owner-", 0);
        StepVerifier.create(gateway.delete(owner, DeleteType.SINGLE, Flux.just("friend-00000", "friend-00001", "x")))
                .thenConsumeWhile(item -> true)
                .expectErrorMessage("no policy")
                .verify(Duration.ofSeconds(20));
        gateway.dispose();
    }
}
