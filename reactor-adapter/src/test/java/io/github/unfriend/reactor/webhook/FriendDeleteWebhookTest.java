/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.callback.FriendDeleteCallback;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import io.github.unfriend.sandbox.Score;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

/** The webhook on a real server. */
class FriendDeleteWebhookTest {

    /** The vendor's own sample, with the Sign it prints. */
    private static final Instant TIME = Instant.ofEpochSecond(1_669_872_112L);

    private static final String SIGN = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";
    private static final String TOKEN = "xxxxyyyy";
    private static final String QUERY = "SdkAppid=1400000000&CallbackCommand=Sns.CallbackFriendDelete&contenttype=json"
            + "&ClientIP=127.0.0.1&OptPlatform=RESTAPI&RequestTime=1669872112&Sign=";
    private static final String BODY = "{\"CallbackCommand\":\"Sns.CallbackFriendDelete\",\"PairList\":["
            + "{\"From_Account\":\"id\",\"To_Account\":\"id1\"},{\"From_Account\":\"id\",\"To_Account\":\"id2\"}]}";

    private final FriendDeleteWebhook webhook = FriendDeleteWebhook.builder()
            .sdkAppId(SandboxOptions.SDK_APP_ID)
            .token(TOKEN)
            .clock(Clock.fixed(TIME, ZoneOffset.UTC))
            .maxBodyBytes(2000)
            .buffer(4)
            .build();
    private final DisposableServer server = serve(webhook);

    private static DisposableServer serve(FriendDeleteWebhook webhook) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(webhook.route("/hook"))))
                .bindNow();
    }

    @AfterEach
    void stop() {
        webhook.dispose();
        server.disposeNow();
    }

    private record Answer(int status, String body) {}

    private Answer post(String query, String body) {
        return post(query, ByteBufFlux.fromString(Mono.just(body)));
    }

    private Answer post(String query, ByteBufFlux body) {
        return Sandboxes.await(HttpClient.newConnection()
                .post()
                .uri("http://127.0.0.1:" + server.port() + "/hook?" + query)
                .send(body)
                .responseSingle((response, content) -> content.asString()
                        .defaultIfEmpty("")
                        .map(text -> new Answer(response.status().code(), text))));
    }

    @Test
    void handsOutWhatTheVendorSampleSays() {
        StepVerifier.create(webhook.callbacks())
                .then(() -> assertThat(post(QUERY + SIGN, BODY))
                        .isEqualTo(new Answer(200, new String(FriendDeleteCallback.answer(), StandardCharsets.UTF_8))))
                .assertNext(callback -> {
                    assertThat(callback.removed())
                            .containsExactly(new Friendship("id", "id1"), new Friendship("id", "id2"));
                    assertThat(callback.optPlatform()).isEqualTo("RESTAPI");
                    assertThat(callback.clientIp()).isEqualTo("127.0.0.1");
                })
                .then(webhook::dispose)
                .expectComplete()
                .verify(Duration.ofSeconds(30));
        assertThat(webhook.received()).isEqualTo(1);
        assertThat(webhook.rejected()).isZero();
    }

    @Test
    void turnsAwayWhatItCannotBelieve() {
        assertThat(post(QUERY + SIGN.replace('1', '2'), BODY).status()).isEqualTo(403);
        assertThat(post((QUERY + SIGN).replace("1400000000", "1400000001"), BODY)
                        .status())
                .isEqualTo(403);
        assertThat(post((QUERY + SIGN).replace("1669872112", "1669872999"), BODY)
                        .status())
                .isEqualTo(403);
        Answer unsigned = post("CallbackCommand=Sns.CallbackFriendDelete", BODY);
        assertThat(unsigned.status()).isEqualTo(403);
        assertThat(unsigned.body())
                .contains("\"ActionStatus\":\"FAIL\"", "\"ErrorCode\":1")
                .doesNotContain(TOKEN);
        assertThat(post(QUERY + SIGN, "").status()).isEqualTo(400);
        assertThat(post(QUERY + SIGN, "{\"CallbackCommand\":\"Sns.CallbackFriendDelete\",\"PairList\":3}")
                        .status())
                .isEqualTo(400);
        assertThat(post(QUERY + SIGN, BODY.replace("Delete", "Add")).status()).isEqualTo(400);
        assertThat(webhook.rejected()).isEqualTo(7);
        assertThat(webhook.received()).isZero();
    }

    @Test
    void readsNoMoreThanItsBound() {
        String large = "{\"x\":\"" + "y".repeat(3000) + "\"," + BODY.substring(1);
        assertThat(post(QUERY + SIGN, large).status()).isEqualTo(413);
        assertThat(post(QUERY + SIGN, BODY).status()).isEqualTo(200);
    }

    @Test
    void doesNotWaitForABodyThatDoesNotCome() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) { // the least of three: this machine may be busy with something else
            long begin = System.nanoTime();
            assertThat(post(QUERY + SIGN, ByteBufFlux.fromString(Flux.just("{").concatWith(Flux.never())))
                            .status())
                    .isEqualTo(408);
            least = Math.min(least, System.nanoTime() - begin);
        }
        assertThat(Duration.ofNanos(least)).as("the service waits so long").isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void otherCommandsAreForOtherRoutes() {
        assertThat(post((QUERY + SIGN).replace("Sns.CallbackFriendDelete", "Sns.CallbackFriendAdd"), BODY)
                        .status())
                .isEqualTo(404);
        assertThat(webhook.rejected()).isZero();
    }

    @Test
    void aSubscriberThatDoesNotReadKeepsNobodyWaiting() {
        BaseSubscriber<FriendDeleteCallback> lazy = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                // Asks for nothing.
            }
        };
        webhook.callbacks().subscribe(lazy);
        for (int i = 0; i < 20; i++) {
            assertThat(post(QUERY + SIGN, BODY).status()).isEqualTo(200);
        }
        // One has gone on to where the subscriber would take it, four wait.
        assertThat(webhook.dropped()).isEqualTo(15);
        assertThat(webhook.received()).isEqualTo(20);
        lazy.cancel();
    }

    @Test
    void aSubscriberThatBlocksBlocksItselfAlone() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(3);
        webhook.callbacks()
                .publishOn(reactor.core.scheduler.Schedulers.boundedElastic())
                .subscribe(callback -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        webhook.callbacks().subscribe(callback -> seen.countDown());
        for (int i = 0; i < 3; i++) {
            assertThat(post(QUERY + SIGN, BODY).status()).isEqualTo(200);
        }
        assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void concurrentCallbacksComeOneAfterTheOther() {
        assertThat(post(QUERY + SIGN, BODY).status()).isEqualTo(200); // classes are loaded now
        int number = 16; // as many as the sandbox has connections for callbacks
        FriendDeleteWebhook busy = FriendDeleteWebhook.builder()
                .sdkAppId(SandboxOptions.SDK_APP_ID)
                .token(TOKEN)
                .build();
        DisposableServer app = serve(busy);
        Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
                .callback(URI.create("http://127.0.0.1:" + app.port() + "/hook"), TOKEN)
                .build());
        sandbox.friends().generate(number, 3);
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();
        Flux<Friendship> all = Flux.range(0, number)
                .concatMapIterable(owner -> List.of(friendship(owner, 0), friendship(owner, 1), friendship(owner, 2)));

        List<FriendDeleteCallback> seen = new CopyOnWriteArrayList<>();
        AtomicInteger inside = new AtomicInteger();
        busy.callbacks().subscribe(callback -> {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            seen.add(callback);
            inside.decrementAndGet();
        });

        Sandboxes.await(gateway.delete(DeleteType.SINGLE, all));
        Score score = sandbox.score();
        Sandboxes.eventually(() -> score.callbacksSent() + score.callbacksFailed() == number);

        // A busy machine may let one be late for the service; what was answered was handed out.
        assertThat(score.callbacksSent()).isPositive();
        Sandboxes.eventually(() -> seen.size() == busy.received());
        assertThat(busy.received()).isGreaterThanOrEqualTo(score.callbacksSent());
        assertThat(seen)
                .hasSameSizeAs(new HashSet<>(seen))
                .allSatisfy(callback -> assertThat(callback.removed()).hasSize(3));
        assertThat(busy.dropped()).isZero();
        gateway.dispose();
        sandbox.dispose();
        busy.dispose();
        app.disposeNow();
    }

    private static Friendship friendship(int owner, int friend) {
        return new Friendship(String.format("owner-%05d", owner), String.format("friend-%05d", friend));
    }

    @Test
    void wantsAnAppAndAToken() {
        assertThatThrownBy(() -> FriendDeleteWebhook.builder().sdkAppId(1).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("token");
        assertThatThrownBy(() -> FriendDeleteWebhook.builder().token("t").build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("SDKAppID");
        assertThatThrownBy(() -> FriendDeleteWebhook.builder().buffer(0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("buffer");
    }
}
