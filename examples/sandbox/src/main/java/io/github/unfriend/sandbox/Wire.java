/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.http.server.HttpServerResponse;

/** Sends answers, right and spoiled ones; every wait is a timer of the connection's event loop. */
final class Wire {

    private static final String JSON = "application/json";
    private static final String HTML = "text/html";
    private static final int LONG_HEAD = 20_000;

    private Wire() {}

    /** Completes when the answer is written; never for faults that leave the caller without one. */
    static Mono<Void> send(Channel channel, HttpServerResponse response, Answer answer, String uri, boolean close) {
        Bytes json = answer.json;
        Fault fault = answer.fault;
        return switch (fault.kind()) {
            case NONE, CODE, EARLY, REQUEST_TIMEOUT ->
                body(channel, response, 200, JSON, json.array(), json.size(), json.size(), close);
            case RESET_BEFORE, RESET_AFTER -> reset(channel);
            case BAD_GATEWAY, BAD_GATEWAY_AFTER ->
                page(channel, retryAfter(response, fault), fault.code(), fault.code() + " from the gateway", close);
            case HTML -> page(channel, response, 200, "Please sign in to this network", close);
            case CUT -> body(channel, plain(response), 200, JSON, json.array(), json.size() / 2, json.size(), true);
            case TRUNCATED -> body(channel, response, 200, JSON, json.array(), json.size() / 2, json.size() / 2, close);
            case GARBAGE -> whole(channel, response, 200, JSON, garbage(json.size()), close);
            case BODY -> whole(channel, response, 200, JSON, fault.info().getBytes(StandardCharsets.UTF_8), close);
            case STALL, STALL_AFTER, SILENT -> Mono.never();
            case INTERIM ->
                RawAnswer.interim(channel)
                        .then(body(channel, response, 200, JSON, json.array(), json.size(), json.size(), close));
            case EXTRA -> RawAnswer.withExtra(channel, json.toByteArray());
            case LONG_HEAD ->
                body(
                        channel,
                        response.header("X-Padding", "x".repeat(LONG_HEAD)),
                        200,
                        JSON,
                        json.array(),
                        json.size(),
                        json.size(),
                        close);
            case ECHO -> whole(channel, response, 200, JSON, RawAnswer.echoing(json.toByteArray(), uri), close);
            case DAMAGED -> whole(channel, response, 200, JSON, RawAnswer.damaged(json.toByteArray()), close);
            case DRIP -> drip(channel, plain(response), json.toByteArray(), fault);
        };
    }

    private static HttpServerResponse retryAfter(HttpServerResponse response, Fault fault) {
        return fault.info().isEmpty() ? response : response.header(HttpHeaderNames.RETRY_AFTER, fault.info());
    }

    /** The HTTP answer to a body over the bound, as a web server in front would give it. */
    static Mono<Void> tooLarge(Channel channel, HttpServerResponse response) {
        return page(channel, response, 413, "Request Entity Too Large", true);
    }

    static Mono<Void> pause(Channel channel, long nanos) {
        if (nanos <= 0) {
            return Mono.empty();
        }
        return Mono.create(sink -> {
            Future<?> timer = channel.eventLoop().schedule(() -> sink.success(), nanos, TimeUnit.NANOSECONDS);
            sink.onDispose(() -> timer.cancel(false));
        });
    }

    /** The length in the header may be more than what is sent; then the connection must be closed. */
    private static Mono<Void> body(
            Channel channel,
            HttpServerResponse response,
            int status,
            String type,
            byte[] bytes,
            int length,
            int told,
            boolean close) {
        Mono<Void> sent = response.status(status)
                .header(HttpHeaderNames.CONTENT_TYPE, type)
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(told))
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(bytes, 0, length)))
                .then();
        return close ? sent.then(closed(channel)) : sent;
    }

    private static Mono<Void> whole(
            Channel channel, HttpServerResponse response, int status, String type, byte[] bytes, boolean close) {
        return body(channel, response, status, type, bytes, bytes.length, bytes.length, close);
    }

    private static Mono<Void> page(
            Channel channel, HttpServerResponse response, int status, String title, boolean close) {
        String page = "<html>\r\n<head><title>" + title + "</title></head>\r\n<body><center><h1>" + title
                + "</h1></center><hr></body>\r\n</html>\r\n";
        return whole(channel, response, status, HTML, page.getBytes(StandardCharsets.US_ASCII), close);
    }

    private static Mono<Void> drip(Channel channel, HttpServerResponse response, byte[] json, Fault fault) {
        int pieces = Math.min(fault.pieces(), json.length);
        Flux<ByteBuf> dripping = Flux.fromStream(IntStream.range(0, pieces).boxed())
                .concatMap(
                        piece -> pause(channel, fault.pauseNanos())
                                .then(Mono.fromSupplier(() -> piece(json, piece, pieces))),
                        1);
        return response.status(200)
                .header(HttpHeaderNames.CONTENT_TYPE, JSON)
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(json.length))
                .send(dripping, any -> true)
                .then();
    }

    private static ByteBuf piece(byte[] json, int piece, int pieces) {
        int from = (int) ((long) json.length * piece / pieces);
        int to = (int) ((long) json.length * (piece + 1) / pieces);
        return Unpooled.wrappedBuffer(json, from, to - from);
    }

    /** Compression would hide that the body is cut or dripping. */
    private static HttpServerResponse plain(HttpServerResponse response) {
        return response.header(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.IDENTITY);
    }

    private static Mono<Void> closed(Channel channel) {
        return Mono.defer(() -> FutureMono.from(channel.close())).then(Mono.never());
    }

    private static Mono<Void> reset(Channel channel) {
        return Mono.defer(() -> {
                    // Without linger the kernel sends RST; from the first handler on, so that TLS says no goodbye.
                    channel.config().setOption(ChannelOption.SO_LINGER, 0);
                    ChannelHandlerContext first = channel.pipeline().firstContext();
                    return FutureMono.from(first == null ? channel.close() : first.close());
                })
                .then(Mono.never());
    }

    private static byte[] garbage(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }
}
