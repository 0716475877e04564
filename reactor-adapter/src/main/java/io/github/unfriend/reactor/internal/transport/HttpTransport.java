/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.Api;
import io.github.unfriend.NoAnswerException;
import io.github.unfriend.NotSentException;
import io.github.unfriend.reactor.Pacer;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.ByteBufFlux;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.LoopResources;

/**
 * Sends one attempt of one call. The order is fixed: a connection first, then a permit, then the wire; a permit is never
 * held while a connection opens. Never repeats anything: a hidden retry would be a call that the pacer does not know.
 */
public final class HttpTransport {

    /** An answer about 1,000 accounts has some 100 kB. */
    private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;

    private static final Duration LOOPS_TIMEOUT = Duration.ofSeconds(5);

    private static final int LEAST_WAITING = 2;

    private final TransportConfig config;
    private final UserSigs signatures;
    private final Pacer pacer;
    private final HostSelector hosts;
    private final ServiceHealth health = new ServiceHealth();
    private final LoopResources loops;
    private final Scheduler timers;
    private final HttpClients clients;
    /** Calls that look for a connection, or hold one and wait for their permit. */
    private final Map<Api, AtomicInteger> waiting = new EnumMap<>(Api.class);

    /**
     * Opens no connection yet.
     *
     * @param config its figures
     * @param signatures who signs
     * @param pacer who says when a call may leave
     * @param loops the threads of the connections; closed with them
     * @param timers where timeouts count
     */
    public HttpTransport(
            TransportConfig config, UserSigs signatures, Pacer pacer, LoopResources loops, Scheduler timers) {
        this.config = config;
        this.signatures = signatures;
        this.pacer = pacer;
        this.loops = loops;
        this.timers = timers;
        this.hosts = new HostSelector(config.primary(), config.backup(), System::nanoTime);
        this.clients = new HttpClients(config, loops);
        for (Api api : Api.values()) {
            waiting.put(api, new AtomicInteger());
        }
    }

    /**
     * Whether a call should look for a connection now. One that waits long for its permit would hold an idle connection,
     * which the other side may close. As many as leave within a second may wait: after a silence of the service so many
     * are let at once.
     *
     * @param api the API
     * @param callsPerSecond how many calls leave in a second
     */
    public boolean mayConnect(Api api, int callsPerSecond) {
        return waiting(api).get() < Math.max(LEAST_WAITING, callsPerSecond);
    }

    private AtomicInteger waiting(Api api) {
        return Objects.requireNonNull(waiting.get(api));
    }

    /**
     * Sends the call and reads its answer.
     *
     * @param attempt what to send; keeps what became of it
     * @return the answer, read to its end; or {@link NotSentException} when the service surely has not seen the call,
     *     {@link NoAnswerException} when it may have, {@link io.github.unfriend.OverloadedException} when too many wait
     */
    public Mono<HttpAnswer> send(Attempt attempt) {
        return signatures.ready().doOnError(error -> attempt.failedHere()).then(Mono.defer(() -> exchange(attempt)));
    }

    private Mono<HttpAnswer> exchange(Attempt attempt) {
        AtomicInteger waitingNow = waiting(attempt.api());
        waitingNow.incrementAndGet();
        attempt.whenItWaitsNoMore(waitingNow::decrementAndGet);
        URI host = hosts.next();
        attempt.to(host.getAuthority());
        return clients.client(attempt.api(), attempt.needsNewConnection())
                .post()
                .uri(host.resolve(attempt.api().path()))
                .send((request, out) -> write(request.currentContextView().get(Attempt.class), out))
                .response((response, content) -> read(attempt, host, response, content))
                .next()
                .switchIfEmpty(Mono.error(() -> new NoAnswerException("The connection gave no answer.")))
                .timeout(timeLimit(attempt), noAnswerInTime(attempt))
                .onErrorMap(error -> classify(attempt, host, error))
                .doFinally(end -> attempt.over())
                // By the context, and not held by the lambda: the pool keeps the configuration of its first request.
                .contextWrite(context -> context.put(Attempt.class, attempt));
    }

    private Publisher<Void> write(Attempt attempt, NettyOutbound out) {
        Channel[] channel = new Channel[1];
        out.withConnection(connection -> channel[0] = connection.channel());
        return new PacedWrite(pacer, attempt, signatures, channel[0], out);
    }

    private Publisher<HttpAnswer> read(Attempt attempt, URI host, HttpClientResponse response, ByteBufFlux content) {
        hosts.reached(host);
        int status = response.status().code();
        attempt.answered(status);
        String retryAfter = response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER);
        int announced = response.responseHeaders().getInt(HttpHeaderNames.CONTENT_LENGTH, 0);
        return Body.collect(content, MAX_ANSWER_BYTES, announced).map(body -> {
            health.seen(host.getAuthority(), status);
            attempt.checkPermit();
            return new HttpAnswer(attempt.api(), host.getAuthority(), status, retryAfter, body);
        });
    }

    /** Counts from the moment the request begins to leave: waiting for a turn is not counted. */
    private Mono<Long> timeLimit(Attempt attempt) {
        return attempt.left().then(Mono.delay(config.callTimeout(), timers));
    }

    private Mono<HttpAnswer> noAnswerInTime(Attempt attempt) {
        return Mono.error(() -> new NoAnswerException("No complete answer to "
                + attempt.api().command() + " within " + config.callTimeout().toMillis() + " ms."));
    }

    private Throwable classify(Attempt attempt, URI host, Throwable error) {
        Throwable classified = attempt.classify(error);
        if (classified instanceof NotSentException && attempt.isFaultOfTheHost()) {
            health.notAnswered(host.getAuthority(), classified);
            if (hosts.missed(host)) {
                pacer.hostLost(host.getAuthority());
            }
        } else if (classified instanceof NoAnswerException) {
            health.notAnswered(host.getAuthority(), classified);
        }
        return classified;
    }

    /** What keeps the service from answering, in words; null if nothing does. */
    public @Nullable String problem() {
        return health.problem();
    }

    /** Closes all connections and ends their threads; to be called once. */
    public Mono<Void> close() {
        return clients.close().then(loopIsThrough()).then(loops.disposeLater(Duration.ZERO, LOOPS_TIMEOUT));
    }

    /**
     * Completes when the loop has done what it had been given: a pool that closes may have begun a connect that nobody waits
     * for, and it would fail on a loop that is closing.
     */
    private Mono<Void> loopIsThrough() {
        return Mono.create(
                sink -> loops.onClient(LoopResources.DEFAULT_NATIVE).next().execute(sink::success));
    }
}
