/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.unfriend.DeleteType;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.webflux.lines.FriendshipLines;
import io.github.unfriend.webflux.lines.ResultLines;
import io.github.unfriend.webflux.web.ProblemException;
import io.github.unfriend.webflux.web.Problems;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** Takes lists in: answers each with its results as they come, or starts a deletion that goes on by itself. */
@Component
class DeletionHandler {

    private static final Set<MediaType> LINES =
            Set.of(MediaType.TEXT_PLAIN, MediaType.parseMediaType("text/csv"), MediaType.APPLICATION_NDJSON);

    /** What is sent bit by bit shall arrive so: nginx, for one, would collect it. */
    static final String UNBUFFERED = "X-Accel-Buffering";

    /** Not pooled: a buffer that is on its way to the socket when a cancel comes is lost, which does no harm here. */
    private static final DataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

    /** A space: it makes no line, and JSON passes over it. */
    private static final byte[] SIGN_OF_LIFE = {' '};

    private final FriendGateway gateway;
    private final Deletions deletions;
    private final Background background;
    private final Upload upload;
    private final Pulse pulse;

    DeletionHandler(FriendGateway gateway, Deletions deletions, Background background, Upload upload, Pulse pulse) {
        this.gateway = gateway;
        this.deletions = deletions;
        this.background = background;
        this.upload = upload;
        this.pulse = pulse;
    }

    /** {@code POST /deletions}. */
    Mono<ServerResponse> post(ServerRequest request) {
        DeleteType type = type(request);
        checkContentType(request);
        Flux<DataBuffer> body = upload.of(request.body(BodyExtractors.toDataBuffers()));
        if (request.headers().header("Prefer").stream().anyMatch(each -> each.contains("respond-async"))) {
            return Mono.defer(() -> accept(deletions.open(type, false), body));
        }
        // A place is taken when the answer is subscribed to, not before: then it is given back in any case.
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_NDJSON)
                .header(UNBUFFERED, "no")
                .build((exchange, context) ->
                        Mono.defer(() -> stream(deletions.open(type, true), body, exchange.getResponse())));
    }

    private Mono<ServerResponse> accept(Deletion deletion, Flux<DataBuffer> body) {
        return background
                .start(deletion, body)
                .then(Mono.defer(() -> ServerResponse.accepted()
                        .location(location(deletion))
                        .header("Preference-Applied", "respond-async")
                        .bodyValue(deletion.progress())));
    }

    private static URI location(Deletion deletion) {
        return URI.create("/deletions/" + deletion.id());
    }

    /**
     * Results go out as they come. Demand is the reader's: when its socket is full nothing is asked of the gateway, the
     * gateway makes no call beyond those it reads ahead and asks nothing of the body, and the sender's socket fills up.
     * When the reader goes away, the server cancels all this; while there is nothing to write, it finds out by writing a
     * space now and then.
     */
    private Mono<Void> stream(Deletion deletion, Flux<DataBuffer> body, ServerHttpResponse response) {
        response.getHeaders().setLocation(location(deletion));
        AtomicBoolean begun = new AtomicBoolean();
        Flux<DataBuffer> lines = deletion.run(gateway, FriendshipLines.decode(body))
                .doOnNext(deletion::count)
                .map(results -> results.isEmpty() ? BUFFERS.wrap(SIGN_OF_LIFE) : ResultLines.encode(results, BUFFERS))
                .doOnNext(results -> begun.set(true))
                .doOnComplete(() -> deletion.end(null))
                .doOnError(deletion::end)
                .doFinally(signal -> {
                    if (signal == SignalType.CANCEL) {
                        deletion.abandon();
                    }
                    deletions.ended(deletion);
                    pulse.look();
                })
                // With the first line the status has gone out; after it the problem is a line, too.
                .onErrorResume(error -> begun.get()
                        ? Mono.fromCallable(() -> ResultLines.encode(Problems.of(error), BUFFERS))
                        : Mono.error(error));
        return response.writeAndFlushWith(lines.map(Mono::just));
    }

    private static DeleteType type(ServerRequest request) {
        String type = request.queryParam("type").orElse("single");
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "single" -> DeleteType.SINGLE;
            case "both" -> DeleteType.BOTH;
            default ->
                throw new ProblemException(
                        HttpStatus.BAD_REQUEST,
                        "bad-type",
                        "type is single (from the list of From_Account only) or both (from the list of To_Account, too).");
        };
    }

    private static void checkContentType(ServerRequest request) {
        MediaType type;
        try {
            type = request.headers().contentType().orElse(MediaType.TEXT_PLAIN);
        } catch (InvalidMediaTypeException unreadable) {
            throw unsupportedList();
        }
        if (LINES.stream().noneMatch(lines -> lines.isCompatibleWith(type)) || !isUtf8(type)) {
            throw unsupportedList();
        }
        List<String> encodings = request.headers().header(HttpHeaders.CONTENT_ENCODING);
        if (encodings.stream().anyMatch(encoding -> !encoding.equalsIgnoreCase("identity"))) {
            throw unsupportedList();
        }
    }

    /** Bytes of another charset may well be UTF-8 that names other accounts. */
    private static boolean isUtf8(MediaType type) {
        try {
            Charset charset = type.getCharset();
            return charset == null || charset.equals(UTF_8) || charset.equals(US_ASCII);
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private static ProblemException unsupportedList() {
        return new ProblemException(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported-list",
                "A list is text/csv or text/plain with From_Account,To_Account a line, or application/x-ndjson with"
                        + " {\"from\":…,\"to\":…} a line, in UTF-8 and not compressed. Say so in Content-Type.");
    }
}
