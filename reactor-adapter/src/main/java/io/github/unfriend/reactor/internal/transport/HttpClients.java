/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.Api;
import io.github.unfriend.InvalidRequestException;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The HTTP clients of a gateway with their pools, after the user's hook. Each API has its own connections, so that a pause
 * of one never holds the connections of the other. Beside its pool each has a client whose connections are new: for
 * attempts after one without an answer, since kept connections may all have gone silent at once.
 */
@SuppressWarnings("ReferenceEquality") // the very pool and resolver that were set, not others that are like them
final class HttpClients {

    /** Connections follow a changed DNS record within this time. */
    private static final Duration MAX_LIFE = Duration.ofMinutes(10);
    /** Connections that were opened together do not end together. */
    private static final double LIFE_VARIANCE = 20.0;

    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final String USER_AGENT = "unfriend-reactor";
    /** Tells a client that was made from ours. */
    private static final AttributeKey<Boolean> OURS = AttributeKey.valueOf(HttpClients.class, "ours");

    private final TransportConfig config;
    private final LoopResources loops;
    private final Map<Api, ConnectionProvider> pools = new EnumMap<>(Api.class);
    private final Map<Api, HttpClient> pooled = new EnumMap<>(Api.class);
    private final Map<Api, HttpClient> fresh = new EnumMap<>(Api.class);

    /** Opens no connection yet; throws {@link InvalidRequestException} if the hook's client cannot be used. */
    HttpClients(TransportConfig config, LoopResources loops) {
        this.config = config;
        this.loops = loops;
        for (Api api : Api.values()) {
            ConnectionProvider pool = pool(api);
            pools.put(api, pool);
            pooled.put(api, hooked(pool));
            fresh.put(api, hooked(ConnectionProvider.newConnection()));
        }
    }

    /** The client of an API; with a connection of the pool, or with a new one. */
    HttpClient client(Api api, boolean withNewConnection) {
        return Objects.requireNonNull((withNewConnection ? fresh : pooled).get(api));
    }

    /** Closes all connections that are kept. */
    Mono<Void> close() {
        return Mono.whenDelayError(
                pools.values().stream().map(ConnectionProvider::disposeLater).toList());
    }

    private ConnectionProvider pool(Api api) {
        return ConnectionProvider.builder("unfriend-" + api.command())
                .maxConnections(config.maxConcurrentCalls())
                .pendingAcquireMaxCount(config.maxWaitingCalls())
                // Waiting for a turn is no fault, however long a pause lasts; the number of waiting calls is bounded.
                .pendingAcquireTimeout(Duration.ZERO)
                .maxIdleTime(config.maxIdleTime())
                .maxLifeTime(MAX_LIFE)
                .maxLifeTimeVariance(LIFE_VARIANCE)
                .evictInBackground(config.maxIdleTime())
                .lifo()
                .build();
    }

    private HttpClient hooked(ConnectionProvider pool) {
        HttpClient ours = client(pool);
        HttpClient client = config.customizer().apply(ours);
        String problem = problemWith(client, pool);
        if (problem != null) {
            throw new InvalidRequestException(
                    "The client that the httpClient hook returns cannot be used: " + problem + ".");
        }
        HttpClientConfig made = client.configuration();
        // A proxy resolves names itself: often nobody else behind it can.
        return made.hasProxy() && made.resolver() == ours.configuration().resolver()
                ? client.resolver(NoopAddressResolverGroup.INSTANCE)
                : client;
    }

    private HttpClient client(ConnectionProvider pool) {
        return HttpClient.create(pool)
                .runOn(loops)
                .protocol(HttpProtocol.HTTP11)
                .keepAlive(true)
                .compress(true)
                .disableRetry(true)
                .followRedirect(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(config.connectTimeout()))
                // The last resort behind the limit of the transport: were both the same, whichever came second would be
                // dropped.
                .responseTimeout(config.callTimeout().plus(GRACE))
                .headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                        .set(HttpHeaderNames.USER_AGENT, USER_AGENT))
                .attr(OURS, true)
                .doOnChannelInit((observer, channel, address) -> HttpFraming.addTo(channel))
                .doOnConnected(connection -> connection
                        .addHandlerLast(TargetHandler.NAME, TargetHandler.INSTANCE)
                        .addHandlerLast(HeapContent.NAME, HeapContent.INSTANCE));
    }

    private static int millis(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, time.toMillis()));
    }

    private static @Nullable String problemWith(@Nullable HttpClient client, ConnectionProvider pool) {
        if (client == null) {
            return "it is null; return the client that comes in, or one made from it";
        }
        HttpClientConfig made = client.configuration();
        if (!made.attributes().containsKey(OURS)) {
            return "it is another one, without the parts that sign and pace calls; make it from the client that comes in";
        }
        if (made.connectionProvider() != pool) {
            return "it has another connection pool; leave the pool as it comes in, and set maxConcurrentCalls instead";
        }
        if (!Arrays.equals(made.protocols(), new HttpProtocol[] {HttpProtocol.HTTP11})) {
            return "it speaks another protocol than HTTP/1.1; leave out protocol(…)";
        }
        if (!made.isRetryDisabled()) {
            return "it repeats requests by itself, past the pacer; leave out disableRetry(false)";
        }
        if (made.followRedirectPredicate() != null) {
            return "it follows redirects, and would give accounts and UserSig to another host; leave out followRedirect";
        }
        return null;
    }
}
