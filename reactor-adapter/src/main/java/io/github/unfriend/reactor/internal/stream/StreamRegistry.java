/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.UnfinishedException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** The open streams of one gateway, so that closing it reaches them. */
public final class StreamRegistry {

    /** A stream that closing reaches. */
    interface OpenStream {

        /** What has left is waited for, nothing else leaves. */
        void close(UnfinishedException reason);
    }

    private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
    private final Sinks.Empty<Void> idle = Sinks.empty();
    private volatile boolean closed;

    /** No stream is open yet. */
    public StreamRegistry() {}

    boolean add(OpenStream stream) {
        open.add(stream);
        if (closed) {
            remove(stream); // closing may have seen it in between, and wait for it
            return false;
        }
        return true;
    }

    void remove(OpenStream stream) {
        open.remove(stream);
        tellIfIdle();
    }

    private void tellIfIdle() {
        if (closed && open.isEmpty()) {
            idle.tryEmitEmpty();
        }
    }

    /** Completes when new streams are refused and all others have ended. */
    public Mono<Void> whenIdle() {
        return idle.asMono();
    }

    /** Whether new streams are refused. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Refuses new streams from now on.
     *
     * @return completes when the open ones have ended, or when patience is at its end
     */
    public Mono<Void> refuse(Duration patience, Scheduler scheduler) {
        return Mono.defer(() -> {
            closed = true;
            tellIfIdle();
            if (open.isEmpty()) {
                return Mono.empty();
            }
            return idle.asMono()
                    .timeout(patience, Mono.empty(), scheduler)
                    // the scheduler ends with the last stream
                    .onErrorResume(RejectedExecutionException.class, ended -> Mono.empty());
        });
    }

    /**
     * Ends the open streams as well: what is on the wire is waited for, nothing else leaves.
     *
     * @return completes when they have ended, or when patience is at its end
     */
    public Mono<Void> end(Duration patience, Scheduler scheduler) {
        return Mono.defer(() -> {
            Mono<Void> ended = refuse(patience, scheduler);
            closed = true;
            endAll(new GatewayClosedException());
            return ended;
        });
    }

    /** Ends the open streams with this error. New ones are not refused. */
    void endAll(UnfinishedException reason) {
        open.forEach(stream -> stream.close(reason));
    }
}
