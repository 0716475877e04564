/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Lists and results of deletions that outlive their request, in files rather than in memory. A list is removed
 * when its deletion ends, results when the deletion is removed, everything when the application ends. The next start
 * removes what a killed application has left. Opening, closing and deleting may block, so they run where blocking is
 * allowed.
 */
@Component
final class Spool implements DisposableBean {

    private static final Log LOG = LogFactory.getLog(Spool.class);
    private static final int PIECE = 1 << 16;

    private final SpoolFolder folder;

    Spool() {
        try {
            folder = SpoolFolder.create(Path.of(System.getProperty("java.io.tmpdir")));
        } catch (IOException e) {
            throw new UncheckedIOException("No folder for temporary files: set -Djava.io.tmpdir to one", e);
        }
    }

    Path list(String id) {
        return folder.path().resolve(id + ".list");
    }

    Path results(String id) {
        return folder.path().resolve(id + ".ndjson");
    }

    /** Creates a file, gives it to the writer, and closes it before the result is signalled. */
    <T> Mono<T> write(Path file, Function<AsynchronousFileChannel, Mono<T>> writer) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new Output(file)),
                output -> Mono.fromCallable(output::open)
                        .subscribeOn(Schedulers.boundedElastic())
                        .flatMap(writer),
                output -> Mono.fromCallable(output::close).subscribeOn(Schedulers.boundedElastic()));
    }

    /** Closed in any case, also when who wanted it leaves while it is being opened. Blocks. */
    private static final class Output {
        private final Path file;
        private @Nullable AsynchronousFileChannel channel;
        private boolean closed;

        Output(Path file) {
            this.file = file;
        }

        synchronized AsynchronousFileChannel open() throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            AsynchronousFileChannel opened = AsynchronousFileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel = opened;
            return opened;
        }

        synchronized boolean close() throws IOException {
            closed = true;
            if (channel != null) {
                channel.close();
            }
            return closed;
        }
    }

    /** A file from a place on, in buffers that need no release. */
    Flux<DataBuffer> read(Path file, long position) {
        return DataBufferUtils.readAsynchronousFileChannel(
                        () -> AsynchronousFileChannel.open(file, StandardOpenOption.READ),
                        position,
                        DefaultDataBufferFactory.sharedInstance,
                        PIECE)
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Returns at once. */
    void delete(Path file) {
        Schedulers.boundedElastic().schedule(() -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("Cannot delete " + file + "; it is tried again when the application ends", e);
            }
        });
    }

    @Override
    public void destroy() throws IOException {
        folder.close();
    }
}
