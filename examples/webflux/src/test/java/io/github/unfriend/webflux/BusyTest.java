/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.SandboxOptions;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Everybody comes and goes at the same time, and nothing blocks or leaks: see {@link Guards}. */
@Tag("promise-4")
class BusyTest {

    private static final App APP = App.shared();
    private static final int CALLBACKS = 3000;
    private static final int OWNERS = 400;
    private static final int FRIENDS = 10;

    private final ConnectionProvider connections = ConnectionProvider.create("busy", 16);
    private final HttpClient client = HttpClient.create(connections);

    private static String list() {
        return IntStream.range(0, OWNERS * FRIENDS)
                .mapToObj(i ->
                        FriendLists.name("busy-", i / FRIENDS) + "," + FriendLists.name("friend-", i % FRIENDS) + "\n")
                .collect(Collectors.joining());
    }

    /** Readers of a stream that hang up after some lines. */
    private static Mono<Long> leavingReaders() {
        // In pieces: a system call for each line would keep the event loops busy, which are the server's, too.
        Flux<String> endless = Flux.range(0, Integer.MAX_VALUE)
                .map(i -> IntStream.range(0, 100)
                        .mapToObj(j -> "nobody-" + i + "-" + j + ",x")
                        .collect(Collectors.joining("\n")));
        return Flux.range(1, 15)
                .concatMap(i -> APP.delete("", endless).take(7L * i).count())
                .delayUntil(
                        count -> Mono.fromRunnable(BusyTest::waitForPlaces).subscribeOn(Schedulers.boundedElastic()))
                .reduce(0L, Long::sum);
    }

    /** One is for the next reader, one for the next list. */
    private static void waitForPlaces() {
        App.eventually(() -> APP.all().stream()
                        .filter(each -> Objects.equals(each.get("state"), "RUNNING"))
                        .count()
                <= App.RUNNING - 2);
    }

    /** Lists that are taken in; one of two is cancelled in the middle, and readers hang up on every second one. */
    private Mono<Long> jobs() {
        return Flux.range(0, 6)
                .concatMap(i -> Mono.fromCallable(() -> APP.start("", list()))
                        .subscribeOn(Schedulers.boundedElastic())
                        .flatMap(id -> {
                            Mono<Long> events = lines(id, "/events", i % 2 == 0 ? 3 : Long.MAX_VALUE);
                            Mono<Long> results = lines(id, "/results", i % 3 == 0 ? 100 : Long.MAX_VALUE);
                            Mono<Long> cancelled = act(HttpMethod.DELETE, id).thenReturn(0L);
                            return Flux.merge(events, results, i % 2 == 0 ? cancelled : events)
                                    .reduce(0L, Long::sum)
                                    .then(act(HttpMethod.DELETE, id));
                        }))
                .count();
    }

    private Mono<Integer> act(HttpMethod method, String id) {
        return client.request(method)
                .uri(APP.uri("/deletions/" + id).toString())
                .responseSingle((response, content) ->
                        content.then().thenReturn(response.status().code()));
    }

    private Mono<Long> lines(String id, String path, long most) {
        return client.get()
                .uri(APP.uri("/deletions/" + id + path).toString())
                .responseContent()
                .asString()
                .concatMapIterable(piece -> piece.lines().toList())
                .take(most)
                .count();
    }

    /** The webhook of a busy app: every third is signed wrongly, and most are about others' deletions. */
    private Mono<Long> callbacks() {
        long now = System.currentTimeMillis() / 1000;
        String right = sign(APP.property("example.webhook.token") + now);
        AtomicLong believed = new AtomicLong();
        return Flux.range(0, CALLBACKS)
                .flatMap(
                        i -> client.headers(headers ->
                                        headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE))
                                .post()
                                .uri(APP.uri("/webhook?SdkAppid=" + SandboxOptions.SDK_APP_ID
                                                + "&CallbackCommand=Sns.CallbackFriendDelete&contenttype=json"
                                                + "&ClientIP=127.0.0.1&OptPlatform=RESTAPI&RequestTime=" + now
                                                + "&Sign=" + (i % 3 == 0 ? sign("wrong") : right))
                                        .toString())
                                .send(ByteBufMono.fromString(Mono.just(
                                        "{\"CallbackCommand\":\"Sns.CallbackFriendDelete\",\"PairList\":[{\"From_Account\":"
                                                + "\"other-" + i + "\",\"To_Account\":\"x\"}]}")))
                                .responseSingle((response, content) -> {
                                    if (response.status().code() == 200) {
                                        believed.incrementAndGet();
                                    }
                                    return content.then().thenReturn(1);
                                }),
                        12)
                .then(Mono.fromSupplier(believed::get));
    }

    private static String sign(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mono<Long> told(String what, Mono<Long> part) {
        Mono<Long> tooLate = Mono.fromCallable(APP::all)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(all -> Mono.error(new AssertionError("no end in a minute: " + what + ", while " + all)));
        return part.timeout(App.PATIENCE, tooLate);
    }

    @Test
    void nothingBlocksWhileEverybodyComesAndGoes() {
        APP.sandbox().friends().generate("busy-", OWNERS, "friend-", FRIENDS, false);
        try {
            Mono.zip(
                            told("readers that leave", leavingReaders()),
                            told("lists taken in", jobs()),
                            told("callbacks", callbacks()))
                    .doOnNext(counts -> {
                        assertThat(counts.getT1()).isEqualTo(7 * 15 * 16 / 2);
                        assertThat(counts.getT2()).isEqualTo(6);
                        assertThat(counts.getT3()).isEqualTo(CALLBACKS - CALLBACKS / 3);
                    })
                    .block();
            App.eventually(() -> APP.all().stream().noneMatch(each -> Objects.equals(each.get("state"), "RUNNING")));
        } finally {
            connections.dispose();
        }
        assertThat(Guards.FOUND).isEmpty();
    }
}
