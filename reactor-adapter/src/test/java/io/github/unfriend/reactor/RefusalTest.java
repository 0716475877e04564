/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultKind;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

/** After a fatal refusal the gateway refuses by itself, but for a probe now and then (W7). */
@Tag("promise-5")
class RefusalTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final Sandbox sandbox = Sandbox.start();
    private FriendGateway gateway = gateway(LONG);

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    private FriendGateway gateway(Duration interval) {
        sandbox.friends().befriend("alice", "bob");
        return Sandboxes.gatewayTo(sandbox)
                .probeInterval(interval)
                .callTimeout(Duration.ofMillis(500))
                .retry(RetryPolicy.builder()
                        .maxAttempts(2)
                        .baseDelay(Duration.ofMillis(1))
                        .build())
                .build();
    }

    private void probeEvery(Duration interval) {
        gateway.dispose();
        gateway = gateway(interval);
    }

    private void refuse() {
        sandbox.misbehave(FaultPlan.script(call -> Fault.code(70009)));
        StepVerifier.create(single("bob")).verifyError(FatalRefusalException.class);
    }

    private Mono<ResultItem> single(String toAccount) {
        return gateway.delete(DeleteType.SINGLE, new Friendship("alice", toAccount));
    }

    private long calls() {
        return sandbox.score().calls();
    }

    @Test
    void aWrongKeyMakesOneCallOfDeletionsOneAfterTheOther() {
        FriendGateway wrong = wrongKey();
        for (int i = 0; i < 400; i++) {
            StepVerifier.create(wrong.delete(DeleteType.SINGLE, new Friendship("alice", "friend-" + i)))
                    .verifyErrorSatisfies(error -> assertThat(((UnfinishedException) error).withoutResult())
                            .isEqualTo(1));
        }
        assertThat(calls()).isEqualTo(1);
        wrong.dispose();
    }

    @Test
    void aWrongKeyMakesNoMoreCallsThanAreUnderWayAtTheFirstRefusal() {
        sandbox.misbehave(FaultPlan.none().withLatency(Duration.ofMillis(100), Duration.ofMillis(100)));
        FriendGateway wrong = wrongKey();
        Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 400; i++) {
            wrong.delete(DeleteType.SINGLE, new Friendship("owner-" + i, "bob")).subscribe(item -> {}, errors::add);
        }
        eventually(() -> errors.size() == 400);
        assertThat(errors).allMatch(FatalRefusalException.class::isInstance);
        // 200 calls/s and 100 ms: 21, and what a busy machine adds until the answer is read
        assertThat(calls()).isBetween(1L, 64L);
        long before = calls();
        StepVerifier.create(wrong.delete("alice", DeleteType.SINGLE, Flux.just("bob")))
                .verifyError(FatalRefusalException.class);
        assertThat(calls()).isEqualTo(before);
        wrong.dispose();
    }

    private FriendGateway wrongKey() {
        return FriendGateway.builder()
                .credentials(Credentials.of(
                        SandboxOptions.SDK_APP_ID, SandboxOptions.ADMINISTRATOR, "the-key-of-another-app"))
                .endpoint(sandbox.uri())
                .build();
    }

    @Test
    void whileItIsRefusedNoSourceIsAsked() {
        refuse();
        AtomicInteger asked = new AtomicInteger();
        StepVerifier.create(gateway.delete(
                        "alice", DeleteType.SINGLE, Flux.just("bob").doOnRequest(n -> asked.incrementAndGet())))
                .verifyError(FatalRefusalException.class);
        assertThat(asked).hasValue(0);
        assertThat(gateway.refusal()).isInstanceOf(FatalRefusalException.class);
    }

    @Test
    void otherStreamsEndWithTheSameErrorThoughTheirCallsWaitForThePacer() {
        Sinks.Many<Permit> permits = Sinks.many().unicast().onBackpressureBuffer();
        AtomicInteger asked = new AtomicInteger();
        // the first who asks gets its permit when the test says so, all others never
        StubPacer pacer = new StubPacer(
                () -> asked.getAndIncrement() == 0 ? permits.asFlux().next() : Mono.never());
        FriendGateway held = Sandboxes.gatewayTo(sandbox).pacer(pacer).build();
        Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        held.delete("alice", DeleteType.SINGLE, Flux.just("bob")).subscribe(item -> {}, errors::add);
        eventually(() -> asked.get() == 1);
        held.delete("carol", DeleteType.SINGLE, Flux.just("dave")).subscribe(item -> {}, errors::add);
        eventually(() -> asked.get() == 2);
        sandbox.misbehave(FaultPlan.script(call -> Fault.code(70009)));
        permits.tryEmitNext(pacer.permit());
        eventually(() -> errors.size() == 2);
        assertThat(errors).allMatch(FatalRefusalException.class::isInstance);
        held.dispose();
    }

    @Test
    void oneProbeGoesAndItsSuccessLiftsTheRefusal() {
        probeEvery(SHORT);
        refuse();
        long before = calls();
        sandbox.misbehave(FaultPlan.none().withLatency(Duration.ofMillis(300), Duration.ofMillis(300)));
        AtomicInteger refused = new AtomicInteger();
        ResultItem probed = await(single("bob")
                .doOnError(error -> refused.incrementAndGet())
                .retryWhen(Retry.fixedDelay(100, Duration.ofMillis(20))));
        assertThat(probed.outcome()).isEqualTo(Outcome.DELETED);
        assertThat(refused).hasPositiveValue();
        assertThat(calls()).isEqualTo(before + 1);
        assertThat(gateway.refusal()).isNull();
        assertThat(await(single("bob")).outcome()).isEqualTo(Outcome.NOT_FRIENDS);
    }

    @Test
    void aProbeThatIsCancelledOrNotAnsweredFreesTheTurn() {
        probeEvery(SHORT);
        refuse();
        sandbox.misbehave(FaultPlan.script(call -> Fault.of(FaultKind.STALL)));
        long before = calls();
        Disposable probe = single("bob")
                .retryWhen(Retry.fixedDelay(100, Duration.ofMillis(20)))
                .subscribe();
        eventually(() -> calls() > before);
        StepVerifier.create(single("bob")).verifyError(FatalRefusalException.class);
        probe.dispose();
        sandbox.misbehave(FaultPlan.none());
        assertThat(await(single("bob").retryWhen(Retry.fixedDelay(100, Duration.ofMillis(20))))
                        .outcome())
                .matches(Outcome::isGone);
    }

    @Test
    void aProbeThatIsRefusedBeginsTheWaitAnew() {
        probeEvery(SHORT);
        refuse();
        long before = calls();
        for (int i = 0; i < 50; i++) {
            StepVerifier.create(single("bob").delaySubscription(Duration.ofMillis(20)))
                    .verifyError(FatalRefusalException.class);
        }
        assertThat(calls() - before)
                .as("a second of callers, a probe every 200 ms")
                .isBetween(1L, 10L);
    }
}
