/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.webhook;

import io.github.unfriend.CallbackRejectedException;
import io.github.unfriend.callback.FriendDeleteCallback;
import io.github.unfriend.internal.callback.CallbackVerifier;
import io.github.unfriend.reactor.internal.transport.Body;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Checks a request and answers it. The query comes first: without a valid signature, the body is not read. */
final class CallbackHandler implements HandlerFunction<ServerResponse> {

    private static final JsonFactory JSON = new JsonFactory();
    /**
     * The service waits 2 s, from its own request on (callback overview). The way there and back, and a machine that is
     * busy, take some of that: an answer after exactly 2 s would come to nobody.
     */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final CallbackVerifier verifier;
    private final int maxBodyBytes;
    private final Consumer<FriendDeleteCallback> taker;
    private final LongAdder rejected = new LongAdder();

    CallbackHandler(CallbackVerifier verifier, int maxBodyBytes, Consumer<FriendDeleteCallback> taker) {
        this.verifier = verifier;
        this.maxBodyBytes = maxBodyBytes;
        this.taker = taker;
    }

    long rejected() {
        return rejected.sum();
    }

    @Override
    public Mono<ServerResponse> handle(ServerRequest request) {
        Function<String, @Nullable String> query =
                name -> request.queryParam(name).orElse(null);
        try {
            verifier.verify(query);
        } catch (CallbackRejectedException e) {
            return notBelieved(e);
        }
        Body body = new Body(maxBodyBytes);
        return request.body(BodyExtractors.toDataBuffers())
                .doOnNext(chunk -> append(body, chunk))
                .takeUntil(chunk -> body.isTooLong())
                .then(Mono.defer(() -> body.isTooLong() ? tooLarge() : accept(body.bytes(), query)))
                .timeout(PATIENCE, Mono.defer(this::tooLate));
    }

    private Mono<ServerResponse> accept(byte[] body, Function<String, @Nullable String> query) {
        try {
            taker.accept(FriendDeleteCallback.read(body, query));
            return answer(HttpStatus.OK, FriendDeleteCallback.answer());
        } catch (CallbackRejectedException e) {
            return notBelieved(e);
        }
    }

    private Mono<ServerResponse> tooLarge() {
        return reject(HttpStatus.CONTENT_TOO_LARGE, "The body has more than " + maxBodyBytes + " bytes.");
    }

    private Mono<ServerResponse> tooLate() {
        return reject(HttpStatus.REQUEST_TIMEOUT, "The body did not come within " + PATIENCE.toMillis() + " ms.");
    }

    private Mono<ServerResponse> notBelieved(CallbackRejectedException error) {
        HttpStatus status = switch (error.reason()) {
            case MISSING_PARAMETER, WRONG_APP, WRONG_SIGN, WRONG_TIME -> HttpStatus.FORBIDDEN;
            case WRONG_COMMAND, MALFORMED_BODY -> HttpStatus.BAD_REQUEST;
        };
        return reject(status, String.valueOf(error.getMessage()));
    }

    /** {@code ErrorCode} 1 says that the app failed (callback document). */
    private Mono<ServerResponse> reject(HttpStatus status, String reason) {
        rejected.increment();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), body)) {
            json.writeStartObject();
            json.writeStringProperty("ActionStatus", "FAIL");
            json.writeNumberProperty("ErrorCode", 1);
            json.writeStringProperty("ErrorInfo", reason);
            json.writeEndObject();
        }
        return answer(status, body.toByteArray());
    }

    private static Mono<ServerResponse> answer(HttpStatus status, byte[] body) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body);
    }

    private static void append(Body body, DataBuffer chunk) {
        try {
            body.append(chunk.readableByteCount(), chunk::read);
        } finally {
            DataBufferUtils.release(chunk);
        }
    }
}
