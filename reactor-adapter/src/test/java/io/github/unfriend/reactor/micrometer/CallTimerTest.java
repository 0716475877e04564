/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.micrometer;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.FriendGatewayBuilder;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Whoever gives a meter registry gets the timer of the calls, once, whatever else was given. */
class CallTimerTest {

    private final Sandbox sandbox = Sandbox.start();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry observations = ObservationRegistry.create();

    @AfterEach
    void close() {
        sandbox.dispose();
    }

    private FriendGatewayBuilder builder() {
        sandbox.friends().befriend("alice", "bob");
        return Sandboxes.gatewayTo(sandbox).meterRegistry(meters);
    }

    private Collection<Timer> timersAfterACall(FriendGatewayBuilder builder) {
        FriendGateway gateway = builder.build();
        await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")));
        gateway.dispose();
        return meters.find("unfriend.call").timers();
    }

    @Test
    void withMetersAloneTheGatewayTimes() {
        assertThat(timersAfterACall(builder())).singleElement().satisfies(CallTimerTest::hasOneCallInAHistogram);
    }

    @Test
    void withHandlersThatTimeNothingTheGatewayTimes() {
        Queue<String> observed = new ConcurrentLinkedQueue<>();
        observations.observationConfig().observationHandler(new ObservationTextPublisher(observed::add));
        assertThat(timersAfterACall(builder().observationRegistry(observations)))
                .singleElement()
                .satisfies(CallTimerTest::hasOneCallInAHistogram);
        assertThat(observed).isNotEmpty();
    }

    @Test
    void withoutAnyHandlerTheGatewayTimes() {
        assertThat(timersAfterACall(builder().observationRegistry(observations)))
                .singleElement()
                .satisfies(CallTimerTest::hasOneCallInAHistogram);
    }

    private static void hasOneCallInAHistogram(Timer timer) {
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.takeSnapshot().histogramCounts()).hasSizeGreaterThan(5);
    }

    @Test
    void aHandlerThatTimesIsNotDoubled() {
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        assertThat(timersAfterACall(builder().observationRegistry(observations)))
                .singleElement()
                .satisfies(timer -> assertThat(timer.count()).isEqualTo(1));
    }

    @Test
    void bothWaysHaveTheSameTags() {
        sandbox.misbehave(FaultPlan.parse("code:30003=1", 1));
        Timer own = timersAfterACall(builder()).iterator().next();
        meters.clear();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        Timer handlers = timersAfterACall(builder().observationRegistry(observations))
                .iterator()
                .next();
        assertThat(own.getId().getTags())
                .containsExactlyInAnyOrderElementsOf(handlers.getId().getTags())
                .anyMatch(tag -> tag.getKey().equals("error") && tag.getValue().equals("CallFailure"));
    }

    @Test
    void whoSwitchesObservationsOfCallsOffGetsNoTimer() {
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        observations.observationConfig().observationPredicate((name, context) -> !name.startsWith("unfriend"));
        assertThat(timersAfterACall(builder().observationRegistry(observations)))
                .isEmpty();
    }
}
