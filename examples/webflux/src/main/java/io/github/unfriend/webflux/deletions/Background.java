/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.ResultItem;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.webflux.ExampleProperties;
import io.github.unfriend.webflux.lines.FriendshipLines;
import io.github.unfriend.webflux.lines.ResultLines;
import io.github.unfriend.webflux.web.ProblemException;
import io.github.unfriend.webflux.web.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Deletions that go on when the one who posted them has gone: the list is taken in and checked as a whole before
 * anything is sent, and the results are written to a file that can be read at any time, also while it grows.
 */
@Component
class Background {

    private static final Log LOG = LogFactory.getLog(Background.class);
    private static final DataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;
    /** How long the last lines of the deletions may take that are cancelled when the server stops. */
    private static final Duration LAST_LINES = Duration.ofSeconds(5);

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
     * Takes the list in and starts; what runs then carries the Context of the caller, such as its trace.
     *
     * @return completes when the list is complete and well; or {@link
     *     io.github.unfriend.lists.BadLineException}, or {@link ProblemException} for a list that is too large,
     *     empty, or cancelled while it came
     */
    Mono<Void> start(Deletion deletion, Flux<DataBuffer> body) {
        return Mono.deferContextual(context -> spool.write(
                        spool.list(deletion.id()), channel -> receive(deletion.untilCancelled(body), channel))
                .doOnNext(accounts -> {
                    deletion.total(accounts);
                    run(deletion)
                            .contextWrite(context)
                            .subscribe(nothing -> {}, error -> LOG.error("Unexpected end of a deletion", error));
                })
                .doOnError(error -> drop(deletion))
                .doFinally(signal -> {
                    if (signal == SignalType.CANCEL) {
                        drop(deletion);
                    }
                })
                .then());
    }

    private void drop(Deletion deletion) {
        deletion.abandon();
        deletions.ended(deletion);
        deletions.forget(deletion);
        pulse.look();
    }

    /** Writes the body to the file as it is, and reads it on the way. */
    private Mono<Long> receive(Flux<DataBuffer> body, AsynchronousFileChannel channel) {
        FriendshipLines lines = new FriendshipLines();
        AtomicLong accounts = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        Flux<DataBuffer> checked = body.doOnNext(piece -> {
            if (bytes.addAndGet(piece.readableByteCount()) > longestList.toBytes()) {
                throw tooLarge();
            }
            byte[] copy = new byte[piece.readableByteCount()];
            piece.toByteBuffer(ByteBuffer.wrap(copy));
            accounts.addAndGet(lines.take(copy).size());
        });
        return DataBufferUtils.write(checked, channel, 0)
                .onErrorMap(IOException.class, error -> notWritten("The list", error))
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

    private static ProblemException notWritten(String what, Throwable error) {
        LOG.error(what + " of a deletion cannot be written", error);
        return new ProblemException(
                HttpStatus.INSUFFICIENT_STORAGE,
                "not-written",
                what + " cannot be written on the server's disk; its log tells why. Accounts without a line may or may"
                        + " not be deleted: post them again when there is room.");
    }

    private Mono<Void> run(Deletion deletion) {
        Path list = spool.list(deletion.id());
        AtomicReference<@Nullable Throwable> early = new AtomicReference<>();
        Flux<Piece> pieces = deletion.run(gateway, FriendshipLines.decode(spool.read(list, 0)))
                .map(results -> new Piece(ResultLines.encode(results, BUFFERS), results))
                .doOnNext(piece -> deletions.makeRoom(piece.bytes.readableByteCount()))
                .onErrorResume(error -> {
                    early.set(error);
                    return Mono.just(new Piece(ResultLines.encode(Problems.of(error), BUFFERS), List.of()));
                });
        return spool.write(spool.results(deletion.id()), channel -> write(deletion, pieces, channel))
                .onErrorMap(IOException.class, error -> notWritten("A result", error))
                .doOnError(early::set)
                .onErrorComplete()
                .doFinally(signal -> {
                    deletion.end(early.get());
                    deletions.ended(deletion);
                    spool.delete(list);
                    pulse.look();
                });
    }

    /** One behind the other. What is on the disk counts, and nothing else. */
    private static Mono<Void> write(Deletion deletion, Flux<Piece> pieces, AsynchronousFileChannel channel) {
        return pieces.concatMap(
                        piece -> {
                            long end = deletion.written() + piece.bytes.readableByteCount();
                            return DataBufferUtils.write(Mono.just(piece.bytes), channel, deletion.written())
                                    .doOnComplete(() -> {
                                        deletion.written(end);
                                        deletion.count(piece.results);
                                    })
                                    .then();
                        },
                        1)
                .then(Mono.fromRunnable(deletion::resultsAreWhole));
    }

    /**
     * The results so far and, as they are written, those to come.
     *
     * @return the whole lines that are on the disk; then an error if the rest cannot be read, so that a part is not
     *     taken for the whole
     */
    Flux<DataBuffer> results(Deletion deletion) {
        AtomicLong position = new AtomicLong();
        Mono<Boolean> endWithTheServer = deletion.ended()
                .timeout(LAST_LINES, Mono.error(Background::cutShort))
                .thenReturn(true);
        return pulse.beats()
                .map(beat -> deletion.state().isFinal()) // before looking how much is written
                .concatWith(endWithTheServer)
                .takeUntil(last -> last)
                .concatMap(last -> readOn(deletion, position), 1)
                .concatWith(Mono.defer(() -> deletion.hasWholeResults() ? Mono.empty() : Mono.error(cutShort())))
                .onErrorMap(IOException.class, gone -> cutShort());
    }

    private Flux<DataBuffer> readOn(Deletion deletion, AtomicLong position) {
        long begin = position.get();
        long end = deletion.written();
        if (end == begin) {
            return Flux.empty();
        }
        return DataBufferUtils.takeUntilByteCount(spool.read(spool.results(deletion.id()), begin), end - begin)
                .doOnNext(buffer -> position.addAndGet(buffer.readableByteCount()))
                .concatWith(Mono.defer(() -> position.get() == end ? Mono.empty() : Mono.error(cutShort())));
    }

    private static ProblemException cutShort() {
        return new ProblemException(
                HttpStatus.GONE,
                "results-incomplete",
                "The rest of the results cannot be had: they could not be written, or the deletion has made room for"
                        + " newer ones, or the server stops. Post the accounts without a line again.");
    }

    private record Piece(DataBuffer bytes, List<ResultItem> results) {}
}
