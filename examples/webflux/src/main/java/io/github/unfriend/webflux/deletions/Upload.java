/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.webflux.ExampleProperties;
import io.github.unfriend.webflux.web.ProblemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

/**
 * Takes lists in from the network, and gives up those that have stopped coming, or come more slowly than a least speed: they
 * would hold their place for ever. What counts is the time in which the server waits for bytes. A list that it does not ask
 * for, since its reader is slow or somebody has paused it, waits for the server.
 */
@Component
final class Upload {

    /** How many checks there are in the time of silence. A wait ends at the first check after that time. */
    private static final int LOOKS = 8;

    private final Duration silence;
    private final long leastBytes;

    @Autowired
    Upload(ExampleProperties properties) {
        this(properties.limits().silence(), properties.limits().bytesAMinute());
    }

    Upload(Duration silence, int bytesAMinute) {
        this.silence = silence;
        this.leastBytes =
                bytesAMinute * silence.toMillis() / Duration.ofMinutes(1).toMillis();
    }

    /**
     * The body with its back-pressure.
     *
     * @param body as it comes from the network; each buffer is released
     * @return buffers that need no release, or a {@link ProblemException} (408) when no more came
     */
    Flux<DataBuffer> of(Flux<DataBuffer> body) {
        return Flux.defer(() -> {
            Waiting waiting = new Waiting(leastBytes);
            Flux<DataBuffer> stalled = Flux.interval(silence.dividedBy(LOOKS), Schedulers.parallel())
                    .onBackpressureDrop()
                    .filter(look -> waiting.isTooLong())
                    .concatMap(look -> Flux.error(stalled()));
            return body.map(Upload::copy)
                    .doOnRequest(waiting::forMore)
                    .doOnNext(piece -> waiting.hasCome(piece.readableByteCount()))
                    .takeUntilOther(stalled);
        });
    }

    /** At once, so that a buffer that an end overtakes is not lost to its pool. */
    private static DataBuffer copy(DataBuffer piece) {
        byte[] bytes = new byte[piece.readableByteCount()];
        piece.read(bytes);
        DataBufferUtils.release(piece);
        return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
    }

    private ProblemException stalled() {
        return new ProblemException(
                HttpStatus.REQUEST_TIMEOUT,
                "list-stalled",
                "Less than " + Math.max(1, leastBytes) + " bytes of the list came in " + silence.toSeconds()
                        + " seconds, so its place was given to others. Post again what has no result; a list that grows"
                        + " slowly may send blank lines.");
    }

    /** How long enough bytes have been waited for, in looks. Asked for, come and looked at on any threads. */
    private static final class Waiting {
        private final AtomicLong asked = new AtomicLong();
        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();
        private final long leastBytes;

        Waiting(long leastBytes) {
            this.leastBytes = leastBytes;
        }

        void forMore(long n) {
            asked.accumulateAndGet(n, Operators::addCap);
        }

        void hasCome(int count) {
            if (count > 0 && bytes.addAndGet(count) >= leastBytes) {
                bytes.set(0);
                looks.set(0);
            }
            asked.updateAndGet(n -> n == Long.MAX_VALUE ? n : n - 1);
        }

        boolean isTooLong() {
            return asked.get() > 0 && looks.incrementAndGet() > LOOKS;
        }
    }
}
