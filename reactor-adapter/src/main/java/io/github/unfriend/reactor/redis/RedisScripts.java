/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.reactive.RedisScriptingReactiveCommands;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Executes the script on a connection of its own. Opening one blocks, so that happens on a thread that may block, when
 * the script is to be executed and there is no connection; Lettuce opens a lost one again by itself. Nothing is queued
 * while there is none: an old request would only be stale.
 */
final class RedisScripts {

    private final Supplier<StatefulConnection<String, String>> opener;
    private final Scheduler blocking;
    private final String script;
    private final AtomicReference<@Nullable StatefulConnection<String, String>> connection = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> whyNot = new AtomicReference<>();
    private final AtomicBoolean opening = new AtomicBoolean();
    private volatile boolean closed;

    RedisScripts(Supplier<StatefulConnection<String, String>> opener, Scheduler blocking, String script) {
        this.opener = opener;
        this.blocking = blocking;
        this.script = script;
    }

    /** Executes it once; an error if there is no connection. */
    Mono<List<Object>> execute(String key, String... arguments) {
        return Mono.defer(() -> {
            StatefulConnection<String, String> open = connection.get();
            if (open == null) {
                open();
                Throwable why = whyNot.get();
                return Mono.error(why != null ? why : new RedisConnectionException("not connected yet"));
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
        blocking.schedule(() -> {
            try {
                StatefulConnection<String, String> made = opener.get();
                whyNot.set(null);
                connection.set(made);
                if (closed) {
                    close(made);
                }
            } catch (RuntimeException e) {
                whyNot.set(e);
            } finally {
                opening.set(false);
            }
        });
    }

    void close() {
        closed = true;
        StatefulConnection<String, String> open = connection.getAndSet(null);
        if (open != null) {
            close(open);
        }
    }

    private static void close(StatefulConnection<String, String> connection) {
        Mono.fromCompletionStage(connection.closeAsync()).subscribe(nothing -> {}, gone -> {});
    }
}
