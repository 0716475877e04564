/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.GatewayClosedException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** The open streams of one gateway, so that closing it reaches them. */
public final class Runs {

    private final Set<Run<?, ?>> open = ConcurrentHashMap.newKeySet();
    private final Sinks.Empty<Void> idle = Sinks.empty();
    private volatile boolean closed;

    /** No stream is open yet. */
    public Runs() {}

    boolean add(Run<?, ?> run) {
        open.add(run);
        if (closed) {
            remove(run); // closing may have seen it in between, and wait for it
            return false;
        }
        return true;
    }

    void remove(Run<?, ?> run) {
        open.remove(run);
        tellIfIdle();
    }

    private void tellIfIdle() {
        if (closed && open.isEmpty()) {
            idle.tryEmitEmpty();
        }
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
            return idle.asMono().timeout(patience, Mono.empty(), scheduler);
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
            open.forEach(run -> run.close(new GatewayClosedException()));
            return ended;
        });
    }
}
