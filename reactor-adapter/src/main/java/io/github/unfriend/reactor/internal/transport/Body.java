/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.MalformedAnswerException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;

/** Collects the bytes of one answer on the heap, up to a bound: an endless body must not become an endless array. */
final class Body {

    private static final int FIRST = 8 * 1024;

    private final int limit;
    private byte[] bytes = new byte[FIRST];
    private int length;
    private boolean tooLong;

    private Body(int limit) {
        this.limit = limit;
    }

    /** Cancels the content, which closes the connection, when it grows too long. */
    static Mono<Body> collect(ByteBufFlux content, int limit) {
        return Mono.defer(() -> {
            Body body = new Body(limit);
            return content.doOnNext(body::append)
                    .takeUntil(chunk -> body.tooLong)
                    .then(Mono.just(body));
        });
    }

    /** Everything; or {@link MalformedAnswerException} if that was too much. */
    byte[] whole() {
        if (tooLong) {
            throw new MalformedAnswerException("The answer is longer than " + limit + " bytes.");
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void append(ByteBuf chunk) {
        int more = chunk.readableBytes();
        if (more > limit - length) {
            tooLong = true;
            return;
        }
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(2 * bytes.length, length + more)));
        }
        chunk.readBytes(bytes, length, more);
        length += more;
    }
}
