/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Lists and results of deletions that outlive their request, in files rather than in memory; gone with the deletion, and
 * at the latest with the process. Opening and deleting may block and so happens where blocking is allowed.
 */
@Component
class Spool implements DisposableBean {

    private final Path folder;

    Spool() {
        try {
            folder = Files.createTempDirectory("unfriend-"); // readable for this user alone
        } catch (IOException e) {
            throw new UncheckedIOException("No folder for temporary files: set -Djava.io.tmpdir to one", e);
        }
    }

    Path list(String id) {
        return folder.resolve(id + ".list");
    }

    Path results(String id) {
        return folder.resolve(id + ".ndjson");
    }

    /** A channel for reading and writing; to be closed. */
    Mono<AsynchronousFileChannel> create(Path file) {
        return open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    Mono<AsynchronousFileChannel> read(Path file) {
        return open(file, StandardOpenOption.READ);
    }

    private static Mono<AsynchronousFileChannel> open(Path file, OpenOption... how) {
        return Mono.fromCallable(() -> AsynchronousFileChannel.open(file, how))
                .subscribeOn(Schedulers.boundedElastic());
    }

    static void close(AsynchronousFileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns at once. */
    void delete(String id) {
        Schedulers.boundedElastic().schedule(() -> Set.of(list(id), results(id)).forEach(Spool::remove));
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void destroy() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(Spool::remove);
        }
        remove(folder);
    }
}
