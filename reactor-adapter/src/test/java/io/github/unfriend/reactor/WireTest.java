/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.FriendDeleteAllRequest;
import io.github.unfriend.HttpRefusalException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

/** What is on the wire, seen by a server that knows nothing of the protocol. */
class WireTest {

    private static final String DELETED =
            "{\"ResultItem\":[{\"To_Account\":\"bob\",\"ResultCode\":0,\"ResultInfo\":\"\"}],"
                    + "\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"0\",\"ErrorDisplay\":\"\"}";

    private record Seen(String method, String uri, HttpHeaders headers, String body, Object connection) {}

    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private BiFunction<Integer, HttpServerResponse, Publisher<Void>> answer =
            (number, response) -> response.sendString(Mono.just(DELETED));
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .compress(true)
            .handle(this::serve)
            .bindNow();
    private final FriendGateway gateway = FriendGateway.builder()
            .credentials(Sandboxes.CREDENTIALS)
            .endpoint(URI.create("http://127.0.0.1:" + server.port()))
            .retry(RetryPolicy.builder()
                    .baseDelay(Duration.ofMillis(1))
                    .maxAttempts(3)
                    .build())
            .callTimeout(Duration.ofSeconds(5))
            .build();

    private Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        Object[] channel = new Object[1];
        request.withConnection(connection -> channel[0] = connection.channel().id());
        return request.receive().aggregate().asString().defaultIfEmpty("").flatMap(body -> {
            seen.add(new Seen(
                    request.method().name(),
                    request.uri(),
                    request.requestHeaders().copy(),
                    body,
                    channel[0]));
            return Mono.from(answer.apply(seen.size(), response.header("Content-Type", "application/json")));
        });
    }

    @AfterEach
    void close() {
        gateway.dispose();
        server.disposeNow();
    }

    private List<ResultItem> delete(String... friends) {
        return await(stream(friends));
    }

    private Flux<ResultItem> stream(String... friends) {
        return gateway.delete("alice", DeleteType.SINGLE, Flux.just(friends));
    }

    @Test
    void theRequestIsTheOneOfTheDocument() {
        assertThat(delete("bob")).extracting(ResultItem::outcome).containsExactly(Outcome.DELETED);

        Seen call = seen.remove();
        assertThat(call.method).isEqualTo("POST");
        QueryStringDecoder uri = new QueryStringDecoder(call.uri);
        assertThat(uri.path()).isEqualTo("/v4/sns/friend_delete");
        assertThat(uri.parameters().keySet())
                .containsExactly("sdkappid", "identifier", "usersig", "random", "contenttype");
        assertThat(uri.parameters().get("contenttype")).containsExactly("json");
        assertThat(call.body)
                .isEqualTo(
                        "{\"From_Account\":\"alice\",\"To_Account\":[\"bob\"],\"DeleteType\":\"Delete_Type_Single\"}");
        assertThat(call.headers.get("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(call.headers.get("Content-Length")).isEqualTo(String.valueOf(call.body.length()));
        assertThat(call.headers.get("Accept-Encoding")).contains("gzip");
        assertThat(call.headers.get("User-Agent")).startsWith("unfriend");
    }

    @Test
    void deleteAllHasAPathAndABodyOfItsOwn() {
        answer = (number, response) ->
                response.sendString(Mono.just("{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\"}"));
        await(gateway.deleteAll(new FriendDeleteAllRequest("alice", DeleteType.BOTH)));
        Seen call = seen.remove();
        assertThat(call.uri).startsWith("/v4/sns/friend_delete_all?");
        assertThat(call.body).isEqualTo("{\"From_Account\":\"alice\",\"DeleteType\":\"Delete_Type_Both\"}");
    }

    @Test
    void everyAttemptHasAFreshRandomNumberOf32Bits() {
        answer = (number, response) -> number % 3 == 0
                ? response.sendString(Mono.just(DELETED))
                : response.status(502).sendString(Mono.just("<html>bad gateway</html>"));
        for (int i = 0; i < 20; i++) {
            delete("bob");
        }
        Set<Long> randoms = new HashSet<>();
        for (Seen call : seen) {
            randoms.add(Long.parseLong(call.uri.replaceAll(".*[?&]random=(\\d+).*", "$1")));
        }
        assertThat(seen).hasSize(60);
        assertThat(randoms).hasSizeGreaterThan(58).allMatch(random -> random >= 0 && random <= 0xFFFF_FFFFL);
        assertThat(randoms).as("uses all 32 bits").anyMatch(random -> random > Integer.MAX_VALUE);
    }

    @Test
    void connectionsAreKeptAlsoAfterAnErrorPage() {
        answer = (number, response) -> number == 1
                ? response.status(502).sendString(Mono.just("<html>" + "x".repeat(50_000) + "</html>"))
                : response.sendString(Mono.just(DELETED));
        for (int i = 0; i < 10; i++) {
            delete("bob");
        }
        assertThat(seen).hasSize(11);
        // An answer may be told a moment before its connection is back in the pool.
        assertThat(new HashSet<>(seen.stream().map(Seen::connection).toList())).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void anEndlessAnswerIsCutOffAndTheConnectionClosed() {
        answer = (number, response) -> number == 1
                ? response.sendString(Flux.just(" ".repeat(64 * 1024)).repeat())
                : response.sendString(Mono.just(DELETED));
        assertThat(delete("bob")).extracting(ResultItem::outcome).containsExactly(Outcome.DELETED);
        assertThat(seen).hasSize(2);
        assertThat(new HashSet<>(seen.stream().map(Seen::connection).toList())).hasSize(2);
    }

    @Test
    void aRedirectIsNotFollowed() {
        answer = (number, response) -> response.sendRedirect("http://127.0.0.1:1/elsewhere");
        StepVerifier.create(stream("bob"))
                .assertNext(item -> assertThat(item.resultCode()).isEqualTo(LocalCode.HTTP_REFUSED))
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(HttpRefusalException.class);
                    assertThat(((HttpRefusalException) error).status()).isEqualTo(302);
                });
        assertThat(seen).hasSize(2);
    }

    @Test
    void anEmptyAnswerIsNone() {
        answer = (number, response) -> response.send();
        assertThat(delete("bob")).allMatch(item -> item.outcome() == Outcome.UNKNOWN);
    }

    @Test
    void anAnswerWithItemsAndAnErrorKeepsWhatTheItemsSay() {
        answer = (number, response) -> response.sendString(
                Mono.just("{\"ResultItem\":[{\"To_Account\":\"bob\",\"ResultCode\":0,\"ResultInfo\":\"\"}],"
                        + "\"ActionStatus\":\"FAIL\",\"ErrorCode\":30003,\"ErrorInfo\":\"x\"}"));
        assertThat(delete("bob", "carol"))
                .containsExactlyInAnyOrder(
                        new ResultItem("alice", "bob", 0, ""), new ResultItem("alice", "carol", 30003, "x"));
    }
}
