/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.webflux.ExampleProperties;
import io.github.unfriend.webflux.deletions.Progress.State;
import io.github.unfriend.webflux.lines.FriendshipLines;
import io.github.unfriend.webflux.lines.ResultLines;
import io.github.unfriend.webflux.web.ProblemException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Deletions that go on when the one who posted them has gone: the list is taken in and checked as a whole before
 * anything is sent, and the results are written to a file that can be read at any time, also while it grows.
 */
@Component
class Background {

    private static final int PIECE = 1 << 16;
    private static final DataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

    private final FriendGateway gateway;
    private final Deletions deletions;
    private final Spool spool;
    private final Pulse pulse;
    private final DataSize longestList;

    Background(FriendGateway gateway, Deletions deletions, Spool spool, Pulse pulse, ExampleProperties properties) {
        this.gateway = gateway;
        this.deletions = deletions;
        this.spool = spool;
        this.pulse = pulse;
        this.longestList = properties.limits().list();
    }

    /**
     * Takes the list in and starts.
     *
     * @return completes when the list is complete and well; or {@link
     *     io.github.unfriend.webflux.lines.BadLineException}, or {@link ProblemException} for a list that is too large
     *     or empty
     */
    Mono<Void> start(Deletion deletion, Flux<DataBuffer> body) {
        return Mono.usingWhen(
                        spool.create(spool.list(deletion.id())),
                        channel -> receive(body, channel),
                        channel -> Mono.fromRunnable(() -> Spool.close(channel)))
                .doOnNext(accounts -> {
                    deletion.total(accounts);
                    run(deletion).subscribe();
                })
                .doOnError(error -> drop(deletion))
                .doOnCancel(() -> drop(deletion))
                .then();
    }

    private void drop(Deletion deletion) {
        deletion.cancel();
        deletions.ended(deletion);
        deletions.forget(deletion);
    }

    /** Writes the body to the file as it is, and reads it on the way. */
    private Mono<Long> receive(Flux<DataBuffer> body, AsynchronousFileChannel channel) {
        FriendshipLines lines = new FriendshipLines();
        AtomicLong accounts = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        Flux<DataBuffer> checked = body.map(piece -> {
            try {
                if (bytes.addAndGet(piece.readableByteCount()) > longestList.toBytes()) {
                    throw tooLarge();
                }
                byte[] copy = new byte[piece.readableByteCount()];
                piece.toByteBuffer(ByteBuffer.wrap(copy));
                accounts.addAndGet(lines.take(copy).size());
                return piece;
            } catch (RuntimeException e) {
                DataBufferUtils.release(piece);
                throw e;
            }
        });
        return DataBufferUtils.write(checked, channel, 0)
                .doOnNext(DataBufferUtils.releaseConsumer())
                .then(Mono.fromCallable(() -> accounts.addAndGet(lines.finish().size())))
                .filter(count -> count > 0)
                .switchIfEmpty(Mono.error(Background::empty));
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                HttpStatus.CONTENT_TOO_LARGE,
                "list-too-large",
                "The list has more than " + longestList.toMegabytes() + " MB. Post it as a stream, without"
                        + " \"Prefer: respond-async\": then it may be of any length.");
    }

    private static ProblemException empty() {
        return new ProblemException(
                HttpStatus.BAD_REQUEST, "empty-list", "The list is empty; From_Account,To_Account a line is wanted.");
    }

    private Mono<Void> run(Deletion deletion) {
        Path list = spool.list(deletion.id());
        Flux<DataBuffer> body = DataBufferUtils.readAsynchronousFileChannel(
                        () -> AsynchronousFileChannel.open(list, StandardOpenOption.READ), BUFFERS, PIECE)
                .subscribeOn(Schedulers.boundedElastic());
        Flux<DataBuffer> lines = deletion.run(gateway, FriendshipLines.decode(body))
                .map(results -> ResultLines.encode(results, BUFFERS));
        return Mono.usingWhen(
                        spool.create(spool.results(deletion.id())),
                        channel -> write(deletion, lines, channel),
                        channel -> Mono.fromRunnable(() -> Spool.close(channel)))
                .doOnSuccess(done -> deletion.end(State.DONE, null))
                .doOnError(error -> deletion.end(State.FAILED, error))
                .onErrorComplete()
                .doFinally(signal -> {
                    deletions.ended(deletion);
                    pulse.look();
                });
    }

    private static Mono<Void> write(Deletion deletion, Flux<DataBuffer> lines, AsynchronousFileChannel channel) {
        AtomicLong bytes = new AtomicLong();
        // One buffer is written at a time, so that this counts what was handed over one behind the other.
        Flux<DataBuffer> counted = lines.doOnNext(buffer -> bytes.addAndGet(buffer.readableByteCount()));
        return DataBufferUtils.write(counted, channel, 0)
                .doOnNext(buffer -> {
                    deletion.written(bytes.get());
                    DataBufferUtils.release(buffer);
                })
                .then();
    }

    /** The results so far and, as they are written, those to come. */
    Flux<DataBuffer> results(Deletion deletion) {
        AtomicLong position = new AtomicLong();
        return pulse.beats()
                .map(beat -> deletion.state().isFinal()) // before looking how much is written
                .takeUntil(last -> last)
                .concatMap(last -> readOn(deletion, position), 1);
    }

    private Flux<DataBuffer> readOn(Deletion deletion, AtomicLong position) {
        long begin = position.get();
        long more = deletion.written() - begin;
        if (more == 0) {
            return Flux.empty();
        }
        position.addAndGet(more);
        Path file = spool.results(deletion.id());
        return DataBufferUtils.takeUntilByteCount(
                DataBufferUtils.readAsynchronousFileChannel(
                                () -> AsynchronousFileChannel.open(file, StandardOpenOption.READ),
                                begin,
                                BUFFERS,
                                PIECE)
                        .subscribeOn(Schedulers.boundedElastic()),
                more);
    }
}
