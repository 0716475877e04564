/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AttributeKey;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Takes a call off the wire, stamps its arrival first of all, and gives the service's answer to the wire. */
final class Handler implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

    private static final AttributeKey<Visit> VISIT = AttributeKey.valueOf(Handler.class, "visit");

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Service service;
    private final Score score;
    private final int maxRequestBytes;

    Handler(Service service, Score score, int maxRequestBytes) {
        this.service = service;
        this.score = score;
        this.maxRequestBytes = maxRequestBytes;
    }

    static void number(Channel channel, Score score) {
        channel.attr(VISIT).set(new Visit(score.connected()));
        channel.closeFuture().addListener(closed -> score.disconnected());
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        AtomicReference<@Nullable Channel> holder = new AtomicReference<>();
        request.withConnection(connection -> holder.set(connection.channel()));
        Channel channel = holder.get();
        if (channel == null) {
            return Mono.error(new IllegalStateException("a request without a connection"));
        }
        int expected = request.requestHeaders().getInt(HttpHeaderNames.CONTENT_LENGTH, 0);
        return request.receive()
                .collect(() -> new Body(expected, maxRequestBytes), Body::add)
                .flatMap(body -> answer(channel, request, response, body, System.nanoTime()));
    }

    private Mono<Void> answer(
            Channel channel, HttpServerRequest request, HttpServerResponse response, Body body, long arrivalNanos) {
        if (body.overflow) {
            score.tally().violation("the body is longer than " + maxRequestBytes + " bytes");
            return Wire.tooLarge(channel, response);
        }
        Tally tally = score.tally();
        Visit visit = channel.attr(VISIT).get();
        Answer answer;
        try {
            boolean post = HttpMethod.POST.equals(request.method());
            answer = service.serve(post, request.uri(), body.bytes, visit.connection, arrivalNanos);
        } catch (RuntimeException | AssertionError e) {
            // Most likely a fault script; a test must see it in the score.
            tally.violation("the sandbox failed to serve a call: " + e);
            return response.status(500).send();
        }
        visit.calls++;
        visit.silent |= answer.fault.kind() == FaultKind.SILENT;
        int closeAfter = service.plan().closeAfter();
        boolean close = answer.fault.closing() || (closeAfter > 0 && visit.calls >= closeAfter);
        Mono<Void> sent = Mono.defer(() -> {
            if (visit.silent) {
                return Mono.never();
            }
            if (!answer.fault.isStall()) {
                // Before it is written: a caller that has the answer may make the next call at once.
                answer.leave.run();
            }
            if (answer.fault.isReadable()) {
                tally.answered.increment();
                Tally.count(tally.codes, answer.code);
            }
            return Wire.send(channel, response, answer, request.uri(), close)
                    .doOnSuccess(written -> afterwards(channel, visit, answer.fault.kind()));
        });
        Mono<Void> whole =
                answer.delayNanos > 0 ? Wire.pause(channel, answer.delayNanos).then(sent) : sent;
        return whole.doFinally(end -> answer.leave.run());
    }

    /** Some faults come when the connection is idle; if the next request is there by then, they do not come. */
    private static void afterwards(Channel channel, Visit visit, FaultKind kind) {
        if (kind == FaultKind.EARLY || kind == FaultKind.REQUEST_TIMEOUT) {
            int calls = visit.calls;
            Wire.pause(channel, IDLE_NANOS)
                    .then(Mono.defer(() -> visit.calls == calls && channel.isActive()
                            ? RawAnswer.unasked(channel, kind)
                            : Mono.empty()))
                    .subscribe(written -> {}, gone -> {});
        }
    }

    /** One connection. Touched by its event loop only. */
    private static final class Visit {
        final long connection;
        int calls;
        boolean silent;

        Visit(long connection) {
            this.connection = connection;
        }
    }

    private static final class Body {
        final Bytes bytes;
        private final int most;
        boolean overflow;

        Body(int expected, int most) {
            this.bytes = new Bytes(Math.max(64, Math.min(expected, most)));
            this.most = most;
        }

        void add(ByteBuf more) {
            overflow |= bytes.size() + (long) more.readableBytes() > most;
            if (!overflow) {
                bytes.add(more);
            }
        }
    }
}
