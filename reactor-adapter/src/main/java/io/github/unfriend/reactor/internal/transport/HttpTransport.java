/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.Api;
import io.github.unfriend.NoAnswerException;
import io.github.unfriend.NotSentException;
import io.github.unfriend.reactor.Pacer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.NettyOutbound;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Sends one attempt of one call. The order is fixed: a connection first, then a permit, then the wire; a permit is never
 * held while a connection opens. Never repeats anything: a hidden retry would be a call that the pacer does not know.
 */
public final class HttpTransport {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Below the usual idle time of servers and balancers (60 s and more): a reused connection should be alive. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(25);
    /** Connections follow a changed DNS record within this time. */
    private static final Duration MAX_LIFE = Duration.ofMinutes(10);
    /** Connections that were opened together do not end together. */
    private static final double LIFE_VARIANCE = 20.0;
    /** An answer about 1,000 accounts has some 100 kB. */
    private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;

    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration LOOPS_TIMEOUT = Duration.ofSeconds(5);

    private static final String USER_AGENT = "unfriend-reactor";

    private final TransportConfig config;
    private final UserSigCache signatures;
    private final Pacer pacer;
    private final HostSelector hosts;
    private final LoopResources loops;
    private final Map<Api, ConnectionProvider> pools = new EnumMap<>(Api.class);
    private final Map<Api, HttpClient> clients = new EnumMap<>(Api.class);

    /**
     * Opens no connection yet.
     *
     * @param config its figures
     * @param signatures who signs
     * @param pacer who says when a call may leave
     * @param loops the threads of the connections; closed with them
     */
    public HttpTransport(TransportConfig config, UserSigCache signatures, Pacer pacer, LoopResources loops) {
        this.config = config;
        this.signatures = signatures;
        this.pacer = pacer;
        this.loops = loops;
        this.hosts = new HostSelector(config.primary(), config.backup(), System::nanoTime);
        for (Api api : Api.values()) {
            ConnectionProvider pool = pool(api);
            pools.put(api, pool);
            clients.put(api, config.customizer().apply(client(pool, loops)));
        }
    }

    /** Each API has its own connections, so that a pause of one never holds the connections of the other. */
    private ConnectionProvider pool(Api api) {
        return ConnectionProvider.builder("unfriend-" + api.command())
                .maxConnections(config.maxConcurrentCalls())
                .pendingAcquireMaxCount(config.maxWaitingCalls())
                // Waiting for a turn is no fault, however long a pause lasts; the number of waiting calls is bounded.
                .pendingAcquireTimeout(Duration.ZERO)
                .maxIdleTime(MAX_IDLE)
                .maxLifeTime(MAX_LIFE)
                .maxLifeTimeVariance(LIFE_VARIANCE)
                .evictInBackground(MAX_IDLE)
                .lifo()
                .build();
    }

    private HttpClient client(ConnectionProvider pool, LoopResources loops) {
        return HttpClient.create(pool)
                .runOn(loops)
                .protocol(HttpProtocol.HTTP11)
                .keepAlive(true)
                .compress(true)
                .disableRetry(true)
                .followRedirect(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
                // The last resort behind the limit below: were both the same, whichever came second would be dropped.
                .responseTimeout(config.callTimeout().plus(GRACE))
                .headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                        .set(HttpHeaderNames.USER_AGENT, USER_AGENT))
                .doOnChannelInit((observer, channel, address) -> HttpFraming.addTo(channel))
                .doOnConnected(connection -> connection.addHandlerLast(TargetHandler.NAME, TargetHandler.INSTANCE));
    }

    /**
     * Sends the call and reads its answer.
     *
     * @param attempt what to send; keeps what became of it
     * @return the answer, read to its end; or {@link NotSentException} when the service surely has not seen the call,
     *     {@link NoAnswerException} when it may have, {@link io.github.unfriend.OverloadedException} when too many wait
     */
    public Mono<HttpAnswer> send(Attempt attempt) {
        HttpClient client = clients.get(attempt.api());
        if (client == null) {
            return Mono.error(new IllegalArgumentException("no connections for " + attempt.api()));
        }
        URI host = hosts.next();
        attempt.to(host.getAuthority());
        return client.post()
                .uri(host.resolve(attempt.api().path()))
                .send((request, out) -> write(attempt, out))
                .response((response, content) -> read(attempt, host, response, content))
                .next()
                .switchIfEmpty(Mono.error(() -> new NoAnswerException("The connection gave no answer.")))
                .timeout(timeLimit(attempt), noAnswerInTime(attempt))
                .onErrorMap(error -> classify(attempt, host, error))
                .doFinally(end -> attempt.over());
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
        return Body.collect(content, MAX_ANSWER_BYTES)
                .map(body -> new HttpAnswer(attempt.api(), host.getAuthority(), status, retryAfter, body));
    }

    /** Counts from the moment the request begins to leave: waiting for a turn is not counted. */
    private Mono<Long> timeLimit(Attempt attempt) {
        return attempt.left().then(Mono.delay(config.callTimeout()));
    }

    private Mono<HttpAnswer> noAnswerInTime(Attempt attempt) {
        return Mono.error(() -> new NoAnswerException("No complete answer to "
                + attempt.api().command() + " within " + config.callTimeout().toMillis() + " ms."));
    }

    private Throwable classify(Attempt attempt, URI host, Throwable error) {
        Throwable classified = attempt.classify(error);
        if (classified instanceof NotSentException && attempt.isFaultOfTheHost()) {
            if (hosts.missed(host)) {
                pacer.hostLost(host.getAuthority());
            }
        }
        return classified;
    }

    /** Closes all connections and ends their threads. */
    public Mono<Void> close() {
        return Mono.whenDelayError(pools.values().stream()
                        .map(ConnectionProvider::disposeLater)
                        .toList())
                .then(loops.disposeLater(Duration.ZERO, LOOPS_TIMEOUT));
    }
}
