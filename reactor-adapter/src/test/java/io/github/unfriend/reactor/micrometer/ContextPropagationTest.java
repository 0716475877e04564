/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.RetryPolicy;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A thread-local of the user's, the logging context for example, follows a stream through source, pacer, retries and
 * results, when context propagation is switched on.
 */
class ContextPropagationTest {

    private static final String KEY = "request";

    private final Sandbox sandbox = Sandbox.start();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
            .callsPerSecond(20)
            .observationRegistry(logging())
            .retry(RetryPolicy.builder().baseDelay(Duration.ofMillis(1)).build())
            .build();

    /** Observations end up as lines of a log, with the logging context of that moment. */
    private ObservationRegistry logging() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationHandler(new ObservationTextPublisher(line -> logged.add(MDC.get(KEY) + " " + line)));
        return registry;
    }

    @BeforeEach
    void propagate() {
        ContextRegistry.getInstance()
                .registerThreadLocalAccessor(
                        KEY, () -> MDC.get(KEY), value -> MDC.put(KEY, value), () -> MDC.remove(KEY));
    }

    @AfterEach
    void close() {
        Hooks.disableAutomaticContextPropagation();
        ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
        gateway.dispose();
        sandbox.dispose();
    }

    /** 30 calls of one account each at 20 calls a second: some wait for the pacer, every third is sent again. */
    private Mono<List<String>> stream(String request) {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        Flux<Friendship> source = Flux.range(0, 15)
                .publishOn(Schedulers.parallel())
                .map(i -> new Friendship(request + "-" + i, "bob"))
                .doOnNext(friendship -> seen.add("source " + MDC.get(KEY)));
        return gateway.delete(DeleteType.SINGLE, source)
                .doOnNext(item -> {
                    seen.add("result " + MDC.get(KEY));
                    assertThat(Thread.currentThread().getName()).startsWith("unfriend-worker-");
                })
                .doOnComplete(() -> seen.add("end " + MDC.get(KEY)))
                .then(Mono.fromSupplier(() -> (List<String>) new ArrayList<>(seen)))
                .contextWrite(context -> context.put(KEY, request));
    }

    @Test
    void theLoggingContextOfEachStreamIsItsOwnThroughout() {
        Hooks.enableAutomaticContextPropagation();
        sandbox.misbehave(FaultPlan.parse("reset-before=0.3,code:30006=0.2", 7));

        List<List<String>> seen = Sandboxes.await(Flux.merge(stream("one"), stream("two")));

        assertThat(seen).hasSize(2);
        for (List<String> signals : seen) {
            String request = signals.get(0).substring("source ".length());
            assertThat(request).isIn("one", "two");
            assertThat(signals).hasSize(31).containsOnly("source " + request, "result " + request, "end " + request);
        }
        assertThat(seen.get(0)).doesNotContainAnyElementsOf(seen.get(1));
        assertThat(sandbox.score().calls()).as("some were sent again").isGreaterThan(30);
    }

    @Test
    void handlersLogWithTheLoggingContextOfTheSubscriberFromStartToStop() {
        sandbox.misbehave(FaultPlan.parse("reset-before=0.3", 7));
        Sandboxes.await(Flux.merge(stream("one"), stream("two")));

        assertThat(logged)
                .hasSizeGreaterThan(60)
                .allMatch(line -> line.startsWith("one ") || line.startsWith("two "))
                .anyMatch(line -> line.startsWith("one START"))
                .anyMatch(line -> line.startsWith("two  STOP"));
        assertThat(MDC.get(KEY)).isNull();
    }
}
