/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.HttpRefusalException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

/** HTTP statuses: the service always answers 200, so others come from something in front of it (W5). */
@Tag("promise-5")
class HttpStatusTest {

    private static final String DONE =
            "{\"ResultItem\":[{\"To_Account\":\"bob\",\"ResultCode\":0,\"ResultInfo\":\"\"}],"
                    + "\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\"}";

    private final Queue<Long> calls = new ConcurrentLinkedQueue<>();
    private BiFunction<Integer, HttpServerResponse, Publisher<Void>> answer = (number, response) -> response.send();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> request.receive().then().thenMany(Flux.defer(() -> {
                calls.add(System.nanoTime());
                return answer.apply(calls.size(), response);
            })))
            .bindNow();
    private final FriendGateway gateway = FriendGateway.builder()
            .credentials(Sandboxes.CREDENTIALS)
            .endpoint(URI.create("http://127.0.0.1:" + server.port()))
            .retry(RetryPolicy.builder().baseDelay(Duration.ofMillis(1)).build())
            .build();

    @AfterEach
    void close() {
        gateway.dispose();
        server.disposeNow();
    }

    private Flux<ResultItem> delete(String owner) {
        return gateway.delete(owner, DeleteType.SINGLE, Flux.just("bob"));
    }

    private void refusedWith(int status, String owner) {
        StepVerifier.create(delete(owner))
                .assertNext(item -> {
                    assertThat(item.outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(item.resultCode()).isEqualTo(LocalCode.HTTP_REFUSED);
                    assertThat(item.resultInfo()).contains(Integer.toString(status));
                })
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(HttpRefusalException.class);
                    assertThat(((HttpRefusalException) error).status()).isEqualTo(status);
                    assertThat(((HttpRefusalException) error).host()).isEqualTo("127.0.0.1:" + server.port());
                    assertThat(error).hasMessageNotContaining("/v4").hasMessageNotContaining("usersig");
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 403, 404, 405, 407, 410, 451})
    void aRefusalOnTheWayIsTriedOnceMoreAndThenFatal(int status) {
        answer = (number, response) -> response.status(status).send();
        refusedWith(status, "alice");
        assertThat(calls).hasSize(2);
        assertThat(gateway.refusal()).as("one batch may be an accident").isNull();

        refusedWith(status, "carol");
        assertThat(calls).hasSize(4);
        assertThat(gateway.refusal()).isInstanceOf(HttpRefusalException.class);
        StepVerifier.create(delete("erin")).verifyError(HttpRefusalException.class);
        assertThat(calls).as("the gateway is refused").hasSize(4);
    }

    @Test
    void ifTheOtherTryIsAnsweredNothingIsLost() {
        answer = (number, response) -> number == 1 ? response.status(403).send() : response.sendString(Flux.just(DONE));
        assertThat(await(delete("alice"))).extracting(ResultItem::outcome).containsExactly(Outcome.DELETED);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 408, 425, 429, 500, 502, 503, 504})
    void aStatusThatMayPassIsTriedAgain(int status) {
        answer = (number, response) ->
                number < 4 ? response.status(status).send() : response.sendString(Flux.just(DONE));
        assertThat(await(delete("alice"))).extracting(ResultItem::outcome).containsExactly(Outcome.DELETED);
        assertThat(calls).hasSize(4);
    }

    @Test
    void retryAfterIsKept() {
        answer = (number, response) -> number == 1
                ? response.status(503).header("Retry-After", "1").send()
                : response.sendString(Flux.just(DONE));
        assertThat(await(delete("alice"))).extracting(ResultItem::outcome).containsExactly(Outcome.DELETED);
        List<Long> times = List.copyOf(calls);
        assertThat(Duration.ofNanos(times.get(1) - times.get(0))).isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }

    @Test
    void aCallThatIsTooLargeIsHalved() {
        try (Sandbox sandbox = Sandbox.start()) {
            sandbox.friends().generate(1, 100);
            sandbox.misbehave(FaultPlan.script(call -> call.toAccounts().size() > 30 ? Fault.http(413) : Fault.none()));
            FriendGateway small = Sandboxes.gatewayTo(sandbox).build();
            List<ResultItem> items = await(small.delete(
                    FriendLists.name("owner-", 0),
                    DeleteType.SINGLE,
                    Flux.range(0, 100).map(number -> FriendLists.name("friend-", number))));
            assertThat(items).hasSize(100).allMatch(item -> item.outcome() == Outcome.DELETED);
            assertThat(sandbox.score().calls()).isEqualTo(7);
            small.dispose();
        }
    }
}
