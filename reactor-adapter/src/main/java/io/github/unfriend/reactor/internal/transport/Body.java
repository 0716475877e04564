/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.MalformedAnswerException;
import java.util.Arrays;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;

/**
 * Collects the bytes of one body on the heap, up to a bound: an endless body must not become an endless array. Not
 * thread-safe.
 */
public final class Body {

    private static final int FIRST = 8 * 1024;
    /** More is not believed before it has come; an answer about 1,000 accounts is shorter. */
    private static final int MOST_ANNOUNCED = 256 * 1024;

    private final int limit;
    private byte[] bytes;
    private int length;
    private boolean tooLong;

    /** A body of which nothing has come. */
    public Body(int limit) {
        this(limit, FIRST);
    }

    private Body(int limit, int announced) {
        this.limit = limit;
        this.bytes = new byte[announced > 0 && announced <= MOST_ANNOUNCED ? announced : FIRST];
    }

    /** A buffer of any kind, to be read once. */
    @FunctionalInterface
    public interface Source {

        /** Moves so many bytes to that place. */
        void read(byte[] target, int at, int count);
    }

    /**
     * Cancels the content, which closes the connection, when it grows too long.
     *
     * @param announced its length as the head of the answer tells it; 0 if it does not
     */
    static Mono<Body> collect(ByteBufFlux content, int limit, int announced) {
        return Mono.defer(() -> {
            Body body = new Body(limit, announced);
            return content.doOnNext(chunk -> body.append(chunk.readableBytes(), chunk::readBytes))
                    .takeUntil(chunk -> body.isTooLong())
                    .then(Mono.just(body));
        });
    }

    /** Takes the next bytes, unless that would be too many: then the body is too long. */
    public void append(int more, Source source) {
        if (more > limit - length) {
            tooLong = true;
            return;
        }
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(2 * bytes.length, length + more)));
        }
        source.read(bytes, length, more);
        length += more;
    }

    /** Whether there were more bytes than allowed; what came of them is as good as none. */
    public boolean isTooLong() {
        return tooLong;
    }

    /** What has come. */
    public byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Everything; or {@link MalformedAnswerException} if that was too much. */
    byte[] wholeAnswer() {
        if (tooLong) {
            throw new MalformedAnswerException("The answer is longer than " + limit + " bytes.");
        }
        return bytes();
    }
}
