/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.micrometer;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.FriendDeleteAllRequest;
import io.github.unfriend.Outcome;
import io.github.unfriend.Region;
import io.github.unfriend.ResultItem;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.FriendGatewayBuilder;
import io.github.unfriend.reactor.RetryPolicy;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.sandbox.CallInfo;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultKind;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What handlers see of calls, over real sockets. */
class ObservationTest {

    private final Sandbox sandbox = Sandbox.start();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final SeenCalls seen = new SeenCalls();
    private FriendGateway gateway = builder().build();

    ObservationTest() {
        registry.observationConfig().observationHandler(seen);
    }

    private FriendGatewayBuilder builder() {
        return Sandboxes.gatewayTo(sandbox)
                .observationRegistry(registry)
                .callTimeout(Duration.ofMillis(500))
                .retry(RetryPolicy.builder()
                        .baseDelay(Duration.ofMillis(1))
                        .maxAttempts(3)
                        .build());
    }

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
        assertThat(seen.started).as("every observation ends").isEqualTo(seen.stopped.size());
    }

    private List<ResultItem> delete(String... toAccounts) {
        return await(gateway.delete("alice", DeleteType.SINGLE, Flux.just(toAccounts)));
    }

    private void script(Function<CallInfo, Fault> script) {
        sandbox.misbehave(FaultPlan.script(script));
    }

    @Tag("promise-6")
    @Test
    void aCallIsObservedWithFewValuesAndNoAccount() {
        sandbox.friends().befriend("alice", "bob");
        delete("bob", "carol");

        CallContext call = seen.only();
        assertThat(call.getName()).isEqualTo("unfriend.call");
        assertThat(call.getContextualName()).isEqualTo("friend_delete");
        assertThat(low(call))
                .containsOnly(
                        Map.entry("api", "friend_delete"),
                        Map.entry("region", "custom"),
                        Map.entry("sdk.app.id", Long.toString(SandboxOptions.SDK_APP_ID)),
                        Map.entry("outcome", "answered"),
                        Map.entry("error.category", "none"));
        assertThat(high(call))
                .containsOnly(
                        Map.entry("unfriend.accounts", "2"),
                        Map.entry("unfriend.attempt", "1"),
                        Map.entry("unfriend.code", "0"));
        assertThat(call.getError()).isNull();
        assertThat(call.toString())
                .doesNotContain("alice", "bob", "carol", sandbox.uri().toString());
    }

    @Test
    void theOtherApiIsObservedAsItself() {
        sandbox.friends().befriend("alice", "bob");
        await(gateway.deleteAll(new FriendDeleteAllRequest("alice", DeleteType.SINGLE)));
        assertThat(seen.only().api()).isEqualTo(Api.FRIEND_DELETE_ALL);
    }

    @Test
    void aRegionHasItsName() {
        gateway.dispose();
        gateway =
                builder().region(Region.of("test-centre", sandbox.uri(), null)).build();
        delete("bob");
        assertThat(low(seen.only())).containsEntry("region", "test-centre");
    }

    @Test
    void everyAttemptIsObserved() {
        sandbox.friends().befriend("alice", "bob");
        script(call -> call.number() == 1 ? Fault.code(60007, "alice is too fast") : Fault.none());
        assertThat(delete("bob")).extracting(ResultItem::outcome).containsExactly(Outcome.DELETED);

        assertThat(seen.stopped).extracting(CallContext::outcome).containsExactly("refused", "answered");
        assertThat(seen.stopped).extracting(CallContext::errorCategory).containsExactly("rate_limited", "none");
        assertThat(seen.stopped).extracting(CallContext::attempt).containsExactly(1, 2);
        assertThat(seen.stopped).extracting(CallContext::code).containsExactly(60007, 0);
        CallContext refused = seen.stopped.element();
        assertThat(refused.getError()).hasMessage("60007: more calls of this API than it allows in a second");
        assertThat(refused.getError()).hasNoCause().hasNoSuppressedExceptions();
    }

    @Test
    void anAttemptWithoutAnAnswerIsObserved() {
        script(call -> Fault.of(FaultKind.RESET_AFTER));
        delete("bob");
        assertThat(seen.stopped)
                .extracting(CallContext::outcome)
                .containsOnly("no_answer")
                .hasSize(3);
        assertThat(seen.stopped).extracting(CallContext::errorCategory).containsOnly("local");
    }

    @Test
    void anUnreadableAnswerIsNone() {
        script(call -> Fault.of(FaultKind.HTML));
        delete("bob");
        assertThat(seen.stopped)
                .extracting(CallContext::outcome)
                .containsOnly("no_answer")
                .hasSize(3);
    }

    @Test
    void anAttemptThatCannotLeaveIsObserved() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        gateway.dispose();
        gateway = builder().endpoint(URI.create("http://127.0.0.1:" + free)).build();
        delete("bob");
        assertThat(seen.stopped)
                .extracting(CallContext::outcome)
                .containsOnly("not_sent")
                .hasSize(3);
    }

    @Test
    void aFatalRefusalIsObserved() {
        script(call -> Fault.code(70009, "no"));
        StepVerifier.create(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")))
                .verifyError(FatalRefusalException.class);
        assertThat(low(seen.only())).containsEntry("outcome", "refused").containsEntry("error.category", "credential");
    }

    @Test
    void aCallThatNobodyWaitsForAnyMoreIsAbandoned() {
        script(call -> Fault.of(FaultKind.STALL));
        Disposable stream =
                gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")).subscribe();
        Sandboxes.eventually(() -> seen.started == 1);
        stream.dispose();
        Sandboxes.eventually(() -> seen.stopped.size() == 1);
        assertThat(low(seen.only())).containsEntry("outcome", "abandoned").containsEntry("error.category", "none");
        assertThat(seen.only().getError()).isNull();
    }

    @Test
    void aCallThatNeverGotItsTurnIsNotObserved() {
        gateway.pacer().pause(Api.FRIEND_DELETE, Duration.ofMillis(900));
        Disposable stream =
                gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")).subscribe();
        Sandboxes.eventually(() -> gateway.pacer().state(Api.FRIEND_DELETE).waiting() == 1);
        stream.dispose();
        Sandboxes.eventually(() -> gateway.pacer().state(Api.FRIEND_DELETE).waiting() == 0);
        assertThat(seen.started).isZero();
    }

    @Test
    void theSubscribersContextReachesTheObservationOfEveryAttempt() {
        script(call -> call.number() == 1 ? Fault.of(FaultKind.RESET_BEFORE) : Fault.none());
        Observation parent = Observation.start("request", ObservationRegistry.create());
        await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob"))
                .contextWrite(context ->
                        context.put(ObservationThreadLocalAccessor.KEY, parent).put("tenant", "acme")));
        parent.stop();

        assertThat(seen.stopped).hasSize(2).allSatisfy(call -> {
            assertThat(call.getParentObservation()).isSameAs(parent);
            assertThat(call.subscriberContext().<String>get("tenant")).isEqualTo("acme");
        });
    }

    @Test
    void callsOfTwoStreamsHaveTheirOwnParents() {
        Flux.range(0, 20)
                .flatMap(i -> gateway.delete("owner-" + i, DeleteType.SINGLE, Flux.just("bob"))
                        .contextWrite(context -> context.put("stream", i)))
                .blockLast();
        assertThat(seen.stopped.stream().map(call -> call.subscriberContext().<Integer>get("stream")))
                .hasSize(20)
                .doesNotHaveDuplicates();
    }

    @Tag("promise-7")
    @Test
    void aHandlerThatThrowsHarmsNothing() {
        registry.observationConfig().observationHandler(new Broken());
        sandbox.friends().befriend("alice", "bob");
        assertThat(delete("bob")).extracting(ResultItem::outcome).containsExactly(Outcome.DELETED);
        assertThat(delete("bob")).extracting(ResultItem::outcome).containsExactly(Outcome.NOT_FRIENDS);
        Sandboxes.eventually(() -> gateway.pacer().state(Api.FRIEND_DELETE).inFlight() == 0);
        seen.started = seen.stopped.size();
    }

    private static Map<String, String> low(CallContext call) {
        return map(call.getLowCardinalityKeyValues());
    }

    private static Map<String, String> high(CallContext call) {
        return map(call.getHighCardinalityKeyValues());
    }

    private static Map<String, String> map(Iterable<KeyValue> pairs) {
        return StreamSupport.stream(pairs.spliterator(), false)
                .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private static final class Broken implements ObservationHandler<CallContext> {

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onStart(CallContext context) {
            throw new IllegalStateException("broken handler");
        }

        @Override
        public void onStop(CallContext context) {
            throw new IllegalStateException("broken handler");
        }
    }
}
