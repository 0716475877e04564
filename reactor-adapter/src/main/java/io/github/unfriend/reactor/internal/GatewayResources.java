/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal;

import io.github.unfriend.DeleteType;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.internal.batch.SerializedAccounts;
import io.github.unfriend.reactor.internal.call.CallConfig;
import io.github.unfriend.reactor.internal.call.FriendDeleteOperation;
import io.github.unfriend.reactor.internal.call.ProbeGate;
import io.github.unfriend.reactor.internal.call.RefusalLatch;
import io.github.unfriend.reactor.internal.call.SharedEffects;
import io.github.unfriend.reactor.internal.observation.GatewayListener;
import io.github.unfriend.reactor.internal.retry.RetryBudget;
import io.github.unfriend.reactor.internal.stream.SingleDeletions;
import io.github.unfriend.reactor.internal.stream.StreamContext;
import io.github.unfriend.reactor.internal.stream.StreamRegistry;
import io.github.unfriend.reactor.internal.transport.HttpTransport;
import io.github.unfriend.reactor.internal.transport.ProvidedUserSigs;
import io.github.unfriend.reactor.internal.transport.TransportConfig;
import io.github.unfriend.reactor.internal.transport.UserSigCache;
import io.github.unfriend.reactor.internal.transport.UserSigs;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** What one gateway opens and closes: its pacer, connections, threads and streams. */
final class GatewayResources {

    private static final int EVENT_LOOPS = 1;
    /** As many as the AWS SDKs give their clients. */
    private static final int RETRY_TOKENS = 500;
    /** Threads are made only while so many sources block at once. */
    private static final int MOST_BLOCKED_SOURCES = 256;
    /** A thread that no source needed for so long ends. */
    private static final int IDLE_SECONDS = 60;

    /** Threads of a closed gateway end so much later. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Pacer pacer;
    private final boolean ownsPacer;
    private final HttpTransport transport;
    private final StreamRegistry registry = new StreamRegistry();
    private final RefusalLatch refusal;
    private final GatewayListener listener;
    /** Within this time all calls on the wire have an answer or none. */
    private final Duration lastAnswers;

    /**
     * Where streams work and their timers count. The gateway's own: Reactor's shared ones may be shut down or reset by
     * anybody, and then drop what was scheduled.
     */
    private final Scheduler workers = Schedulers.newParallel("unfriend-worker", Schedulers.DEFAULT_POOL_SIZE, true);

    private final StreamContext streams;
    /** Where sources are asked for more: they may take their time there, or block. */
    private final Scheduler sources;

    private final Mono<Void> ending = Mono.defer(this::end).cache();
    private final Map<DeleteType, SingleDeletions> singles = new EnumMap<>(DeleteType.class);

    GatewayResources(GatewayConfig config) {
        RequiredVersions.check();
        lastAnswers = config.callTimeout().plusSeconds(1);
        listener = config.listener();
        // The pacer's timer runs on the event loop that writes: a granted call leaves without changing threads, which
        // on a busy machine would cost more than all the rest. One loop is plenty for some hundred calls a second.
        LoopResources loops = LoopResources.create("unfriend", EVENT_LOOPS, true);
        Scheduler timer = Schedulers.fromExecutorService(
                loops.onClient(LoopResources.DEFAULT_NATIVE).next());
        Pacer given = config.pacer();
        ownsPacer = given == null;
        pacer = given != null ? given : config.ownPacer().scheduler(timer).build();
        UserSigs userSigs = userSigs(config);
        transport = new HttpTransport(transportConfig(config), userSigs, pacer, loops, workers);
        RetryBudget budget = new RetryBudget(RETRY_TOKENS);
        refusal = new RefusalLatch(config.probeInterval(), () -> workers.now(TimeUnit.NANOSECONDS));
        SerializedAccounts serialized = new SerializedAccounts(() -> workers.now(TimeUnit.NANOSECONDS));
        CallConfig calls = new CallConfig(
                transport,
                userSigs,
                pacer,
                new SharedEffects(pacer, serialized, new ProbeGate()),
                config.retry(),
                budget,
                config.callDeadline(),
                refusal,
                listener,
                workers);
        streams = new StreamContext(
                calls,
                config.maxConcurrentCalls(),
                config.readAhead(),
                config.maxHeldAccounts(),
                config.linger(),
                serialized,
                registry,
                workers);
        sources = Schedulers.newBoundedElastic(
                MOST_BLOCKED_SOURCES, Integer.MAX_VALUE, "unfriend-source", IDLE_SECONDS, true);
        AtomicInteger waiting = new AtomicInteger();
        for (DeleteType type : DeleteType.values()) {
            singles.put(type, new SingleDeletions(streams, new FriendDeleteOperation(type), waiting));
        }
        listener.opened(pacer, budget::left);
    }

    private UserSigs userSigs(GatewayConfig config) {
        return config.credentials() != null
                ? new UserSigCache(config.credentials(), config.clock(), config.userSigLifetime())
                : new ProvidedUserSigs(
                        Objects.requireNonNull(config.provider()), config.clock(), config.callTimeout(), workers);
    }

    private static TransportConfig transportConfig(GatewayConfig config) {
        return new TransportConfig(
                config.primary(),
                config.backup(),
                config.maxConcurrentCalls(),
                config.maxWaitingCalls(),
                config.callTimeout(),
                config.connectTimeout(),
                config.maxIdleTime(),
                config.httpClient());
    }

    StreamContext streams() {
        return streams;
    }

    Scheduler sources() {
        return sources;
    }

    SingleDeletions singles(DeleteType type) {
        return Objects.requireNonNull(singles.get(type));
    }

    Pacer pacer() {
        return pacer;
    }

    @Nullable
    UnfinishedException refusal() {
        return refusal.latest();
    }

    @Nullable
    String problem() {
        return transport.problem();
    }

    boolean isClosed() {
        return registry.isClosed();
    }

    /** All streams have ended: callers of single deletions may still be told by these threads. */
    private void endWorkers() {
        workers.schedule(workers::dispose, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Refuses new streams and waits for the open ones, then closes what is left. */
    Mono<Void> closeWithin(Duration patience) {
        return registry.refuse(patience, streams.scheduler()).then(close());
    }

    /** What is on the wire is waited for, nothing else leaves. */
    Mono<Void> close() {
        return registry.end(lastAnswers, streams.scheduler()).then(ending);
    }

    /** Once, whoever closes: a bean is closed by its context and may be closed by its owner, too. */
    private Mono<Void> end() {
        listener.closed();
        // Ending threads takes locks: not here, this may be any thread; and not one of those that are to end.
        var unused = CompletableFuture.runAsync(sources::dispose);
        if (ownsPacer) {
            pacer.dispose();
        }
        registry.whenIdle().subscribe(nothing -> {}, error -> {}, this::endWorkers);
        return transport.close();
    }
}
