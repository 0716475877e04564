/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.reactive.RedisScriptingReactiveCommands;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Executes scripts on a connection of its own. Opening one blocks, so that happens on a thread that may block, when
 * a script is to be executed and there is no connection; Lettuce opens a lost one again by itself. Nothing is queued
 * while there is none: an old request would only be stale.
 */
final class RedisScripts {

    /** A connection that takes longer to open is trouble. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Supplier<StatefulConnection<String, String>> opener;
    private final Scheduler blocking;
    private final AtomicReference<@Nullable StatefulConnection<String, String>> connection = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> whyNot = new AtomicReference<>();
    private final AtomicBoolean opening = new AtomicBoolean();
    private volatile long openingSince;
    private volatile boolean closed;

    RedisScripts(Supplier<StatefulConnection<String, String>> opener, Scheduler blocking) {
        this.opener = opener;
        this.blocking = blocking;
    }

    /** Executes one once; an error if there is no connection. */
    Mono<List<Object>> execute(String script, String key, String... arguments) {
        return Mono.defer(() -> {
            StatefulConnection<String, String> open = connection.get();
            if (open == null) {
                open();
                Throwable why = whyNot.get();
                return Mono.error(why != null ? why : whyNotYet());
            }
            if (!open.isOpen()) {
                return Mono.error(new RedisConnectionException("the connection is closed"));
            }
            RedisScriptingReactiveCommands<String, String> commands = commands(open);
            String[] keys = {key};
            return commands.evalsha(commands.digest(script), ScriptOutputType.MULTI, keys, arguments)
                    .onErrorResume(
                            RedisNoScriptException.class,
                            unknown -> commands.eval(script, ScriptOutputType.MULTI, keys, arguments))
                    .collectList()
                    .map(RedisScripts::flat);
        });
    }

    private RedisConnectionException whyNotYet() {
        return System.nanoTime() - openingSince < PATIENCE.toNanos()
                ? new NotYetConnectedException()
                : new RedisConnectionException("no connection after " + PATIENCE.toMillis() + " ms");
    }

    /** The elements of the answer come one by one, or as one list. */
    private static List<Object> flat(List<Object> values) {
        return values.size() == 1 && values.get(0) instanceof List<?> list ? List.copyOf(list) : values;
    }

    private static RedisScriptingReactiveCommands<String, String> commands(
            StatefulConnection<String, String> connection) {
        if (connection instanceof StatefulRedisClusterConnection<String, String> cluster) {
            return cluster.reactive();
        }
        return ((StatefulRedisConnection<String, String>) connection).reactive();
    }

    private void open() {
        if (closed || !opening.compareAndSet(false, true)) {
            return;
        }
        openingSince = System.nanoTime();
        blocking.schedule(() -> {
            try {
                connection.set(opener.get());
                whyNot.set(null);
            } catch (RuntimeException e) {
                whyNot.set(e);
            } finally {
                opening.set(false);
            }
        });
    }

    /** Closes the connection, also one that is being opened; on the thread that opens, so after that. */
    void close() {
        closed = true;
        blocking.schedule(() -> {
            StatefulConnection<String, String> open = connection.getAndSet(null);
            if (open != null) {
                open.close();
            }
        });
    }

    /** A connection is being opened, and has been for less than three seconds. */
    static final class NotYetConnectedException extends RedisConnectionException {
        private static final long serialVersionUID = 1L;

        NotYetConnectedException() {
            super("not connected yet");
        }
    }
}
