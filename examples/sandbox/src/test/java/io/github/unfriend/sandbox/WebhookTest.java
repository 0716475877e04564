/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The callback, delivered to a real server. */
class WebhookTest {

    /** The time and token of the vendor's own sample, with the Sign it prints. */
    private static final Instant TIME = Instant.ofEpochSecond(1_669_872_112L);

    private static final String SIGN = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private final DisposableServer app = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> request.receive()
                    .aggregate()
                    .asString()
                    .doOnNext(body -> received.add(request.uri() + "\n" + body))
                    .then(status == 0 ? Mono.never() : response.status(status).send()))
            .bindNow();

    @AfterEach
    void stop() {
        app.disposeNow();
    }

    private Sandbox sandbox(@Nullable String token) {
        Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
                .clock(Clock.fixed(TIME, ZoneOffset.UTC))
                .callback(URI.create("http://127.0.0.1:" + app.port() + "/hook?app=1"), token)
                .build());
        sandbox.friends().befriendBoth("id", "id1").befriend("id", "id2");
        return sandbox;
    }

    private static int call(Sandbox sandbox, Api api, String body) throws IOException {
        try (Caller caller = new Caller(sandbox)) {
            Map<String, String> query = Caller.query();
            query.put("usersig", Caller.signature("administrator", TIME.getEpochSecond(), 60));
            return caller.call(api, query, body).code();
        }
    }

    @Test
    void tellsBothDirectionsSigned() throws Exception {
        try (Sandbox sandbox = sandbox("xxxxyyyy")) {
            String body = Caller.delete("Delete_Type_Both", "id", List.of("id1", "id2", "nobody"));
            assertThat(call(sandbox, Api.FRIEND_DELETE, body)).isZero();
            String callback = received.poll(20, TimeUnit.SECONDS);
            assertThat(callback).isNotNull();
            List<String> parts = callback.lines().toList();
            QueryStringDecoder uri = new QueryStringDecoder(parts.get(0));
            assertThat(uri.path()).isEqualTo("/hook");
            assertThat(uri.parameters())
                    .containsEntry("app", List.of("1"))
                    .containsEntry("SdkAppid", List.of("1400000000"))
                    .containsEntry("CallbackCommand", List.of("Sns.CallbackFriendDelete"))
                    .containsEntry("contenttype", List.of("json"))
                    .containsEntry("ClientIP", List.of("127.0.0.1"))
                    .containsEntry("OptPlatform", List.of("RESTAPI"))
                    .containsEntry("RequestTime", List.of("1669872112"))
                    .containsEntry("Sign", List.of(SIGN))
                    .hasSize(8);
            assertThat(parts.get(1))
                    .isEqualTo("{\"CallbackCommand\":\"Sns.CallbackFriendDelete\",\"PairList\":["
                            + "{\"From_Account\":\"id\",\"To_Account\":\"id1\"},"
                            + "{\"From_Account\":\"id1\",\"To_Account\":\"id\"},"
                            + "{\"From_Account\":\"id\",\"To_Account\":\"id2\"}]}");
            Eventually.holds(() -> sandbox.score().callbacksSent() == 1);
        }
    }

    @Test
    void nothingRemovedAndDeleteAllTellNothing() throws Exception {
        try (Sandbox sandbox = sandbox("t")) {
            assertThat(call(sandbox, Api.FRIEND_DELETE, Caller.delete("id", "nobody")))
                    .isZero();
            assertThat(call(sandbox, Api.FRIEND_DELETE_ALL, Caller.deleteAll("Delete_Type_Single", "id")))
                    .isZero();
            sandbox.friends().befriend("id", "id1");
            assertThat(call(sandbox, Api.FRIEND_DELETE, Caller.delete("id", "id1")))
                    .isZero();
            Eventually.holds(() -> sandbox.score().callbacksSent() == 1);
            assertThat(received).hasSize(1);
        }
    }

    @Test
    void withoutATokenThereIsNoSign() throws Exception {
        try (Sandbox sandbox = sandbox(null)) {
            call(sandbox, Api.FRIEND_DELETE, Caller.delete("id", "id1"));
            assertThat(received.poll(20, TimeUnit.SECONDS)).doesNotContain("Sign", "RequestTime");
        }
    }

    @Test
    void theAddressCanComeLater() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
                .clock(Clock.fixed(TIME, ZoneOffset.UTC))
                .build())) {
            sandbox.friends().befriend("id", "id1").befriend("id", "id2").befriend("id", "id3");
            call(sandbox, Api.FRIEND_DELETE, Caller.delete("id", "id1"));
            sandbox.callback(URI.create("http://127.0.0.1:" + app.port() + "/hook"), "xxxxyyyy");
            call(sandbox, Api.FRIEND_DELETE, Caller.delete("id", "id2"));
            assertThat(received.poll(20, TimeUnit.SECONDS)).contains("id2", SIGN);
            sandbox.callback(null, null);
            call(sandbox, Api.FRIEND_DELETE, Caller.delete("id", "id3"));
            assertThat(sandbox.score().deletions()).isEqualTo(3);
            Eventually.holds(() -> sandbox.score().callbacksSent() == 1);
            assertThat(received).isEmpty();
        }
    }

    @Test
    void aFailingOrSilentAppIsCountedAndNotAskedAgain() throws Exception {
        try (Sandbox sandbox = sandbox("t")) {
            status = 500;
            call(sandbox, Api.FRIEND_DELETE, Caller.delete("id", "id1"));
            Eventually.holds(() -> sandbox.score().callbacksFailed() == 1);
            status = 0;
            call(sandbox, Api.FRIEND_DELETE, Caller.delete("id", "id2"));
            Eventually.holds(() -> sandbox.score().callbacksFailed() == 2);
            assertThat(received).hasSize(2);
            assertThat(sandbox.score().callbacksSent()).isZero();
        }
    }
}
