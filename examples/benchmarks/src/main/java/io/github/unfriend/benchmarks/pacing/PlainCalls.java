/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.UserSig;
import io.github.unfriend.internal.wire.AnswerReader;
import io.github.unfriend.internal.wire.RequestTarget;
import io.github.unfriend.internal.wire.RequestWriter;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.timeout.ReadTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Calls of one API as one would make them by hand: Reactor Netty's client with a pool of kept-alive connections. */
final class PlainCalls {

    private final Api api;
    private final int concurrency;
    private final Credentials credentials;
    private final UserSig userSig;
    private final List<String> friends;
    private final HttpClient client;
    private final LongConsumer failed;

    /**
     * Calls of one API.
     *
     * @param failed told the number of calls that timed out; any other error ends the stream
     */
    PlainCalls(Load load, Api api, LongConsumer failed) {
        this.failed = failed;
        this.api = api;
        this.concurrency = load.concurrency();
        this.credentials = load.credentials();
        this.userSig = credentials.sign(Instant.now(), Duration.ofDays(1));
        this.friends = load.friends();
        ConnectionProvider pool = ConnectionProvider.create("plain-" + api.command(), concurrency);
        this.client = load.customize(HttpClient.create(pool)
                .responseTimeout(load.callTimeout())
                .baseUrl(load.endpoint().toString())
                .headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json")));
    }

    /** The calls that wait to be made. */
    Flux<Integer> numbers() {
        return Flux.range(0, Load.CALLS);
    }

    /** Calls under way at once. */
    int concurrency() {
        return concurrency;
    }

    /** Makes a call as soon as a connection is there; emits the ErrorCode, or nothing if no answer came in time. */
    Mono<Integer> send(int number) {
        return send(number, Mono.empty());
    }

    /** Makes a call when a connection is there and the permit has come; emits the same. */
    Mono<Integer> send(int number, Mono<Void> permit) {
        return Mono.defer(() -> client.post()
                .uri(target())
                .send((request, out) -> permit.then(Mono.defer(() ->
                        out.sendObject(Unpooled.wrappedBuffer(body(number))).then())))
                .responseSingle((response, content) -> read(content))
                .onErrorResume(ReadTimeoutException.class, timeout -> {
                    failed.accept(1);
                    return Mono.empty();
                }));
    }

    private Mono<Integer> read(ByteBufMono content) {
        return content.asByteArray()
                .map(bytes -> api == Api.FRIEND_DELETE
                        ? AnswerReader.friendDelete(bytes).errorCode()
                        : AnswerReader.friendDeleteAll(bytes).errorCode());
    }

    private String target() {
        long random = ThreadLocalRandom.current().nextLong(RequestTarget.MAX_RANDOM + 1);
        return RequestTarget.of(api, credentials, userSig, random);
    }

    private byte[] body(int number) {
        String owner = Load.owner(number);
        return api == Api.FRIEND_DELETE
                ? RequestWriter.friendDelete(owner, DeleteType.SINGLE, friends)
                : RequestWriter.friendDeleteAll(owner, DeleteType.SINGLE);
    }
}
