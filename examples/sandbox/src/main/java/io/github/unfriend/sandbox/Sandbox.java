/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.FutureMono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * A server that speaks the vendor's side of friend_delete and friend_delete_all on the loopback address, with real
 * friend lists, the vendor's checks, codes and limits, faults to order, and a score. Several may run in one JVM. All
 * methods may be called from any thread; only {@link #start} and {@link #close} wait, so not from an event loop.
 */
public final class Sandbox implements Disposable, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FriendLists friends = new FriendLists();
    private final Score score = new Score();
    private final AtomicBoolean disposed = new AtomicBoolean();
    private final LoopResources loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final SandboxOptions options;
    private final AtomicReference<@Nullable Webhook> webhook = new AtomicReference<>();
    private final Service service;
    private final DisposableServer server;
    private final boolean secure;

    private Sandbox(SandboxOptions options) {
        loops = LoopResources.create("sandbox", 1, options.eventLoops(), true);
        this.options = options;
        service = new Service(options, friends, score);
        callback(options.callbackUrl(), options.callbackToken());
        secure = options.tls() != null;
        server = server(options).bindNow(PATIENCE);
    }

    /**
     * Starts a sandbox with the default options.
     *
     * @return a sandbox that listens
     */
    public static Sandbox start() {
        return start(SandboxOptions.defaults());
    }

    /**
     * Starts a sandbox; waits until it listens.
     *
     * @param options how it behaves
     * @return a sandbox that listens
     */
    public static Sandbox start(SandboxOptions options) {
        if (options.warmUp()) {
            WarmUp.once();
        }
        return new Sandbox(options);
    }

    private HttpServer server(SandboxOptions options) {
        HttpServer http = HttpServer.create()
                .host("127.0.0.1")
                .port(options.port())
                .runOn(loops)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .idleTimeout(options.idleTimeout())
                .httpRequestDecoder(decoder -> decoder.maxInitialLineLength(16_384))
                .compress(options.gzip())
                .doOnChannelInit((observer, channel, remote) -> opened(channel))
                .handle(new Handler(service, score, options.maxRequestBytes()));
        if (options.maxRequestsPerConnection() > 0) {
            http = http.maxKeepAliveRequests(options.maxRequestsPerConnection());
        }
        SslContext tls = options.tls();
        return tls == null ? http : http.secure(spec -> spec.sslContext(tls));
    }

    private void opened(Channel channel) {
        connections.add(channel);
        Handler.number(channel, score);
    }

    /**
     * The port it listens on.
     *
     * @return the port
     */
    public int port() {
        return server.port();
    }

    /**
     * Where it listens.
     *
     * @return such as {@code http://127.0.0.1:43210}
     */
    public URI uri() {
        return URI.create((secure ? "https" : "http") + "://127.0.0.1:" + port());
    }

    /**
     * Its friend lists, to fill and to look at.
     *
     * @return the lists, live
     */
    public FriendLists friends() {
        return friends;
    }

    /**
     * What it has seen.
     *
     * @return the score, live
     */
    public Score score() {
        return score;
    }

    /** Begins the score anew. */
    public void resetScore() {
        score.reset();
    }

    /**
     * Changes the faults from the next call on, and begins their running numbers anew.
     *
     * @param plan the faults
     */
    public void misbehave(FaultPlan plan) {
        service.misbehave(plan);
    }

    /**
     * Changes the limit of both APIs from the next call on.
     *
     * @param callsPerSecond 0 for no limit
     */
    public void limit(int callsPerSecond) {
        for (Api api : Api.values()) {
            limit(api, callsPerSecond);
        }
    }

    /**
     * Changes the limit of one API from the next call on.
     *
     * @param api the API
     * @param callsPerSecond 0 for no limit
     */
    public void limit(Api api, int callsPerSecond) {
        if (callsPerSecond < 0) {
            throw new IllegalArgumentException("a limit must be 0 (none) or more, not " + callsPerSecond);
        }
        service.limit(api, callsPerSecond);
    }

    /**
     * Changes where callbacks go, from the next call on: an application that receives them may know its own address only
     * after it has started.
     *
     * @param url an http or https URL, null for no callbacks
     * @param token what {@code Sign} is made with, null for no {@code Sign}
     */
    public void callback(@Nullable URI url, @Nullable String token) {
        SandboxOptions changed = options.toBuilder().callback(url, token).build();
        Webhook next = url == null ? null : new Webhook(changed, url, loops);
        service.callback(next);
        Webhook before = webhook.getAndSet(next);
        if (before != null) {
            before.dispose().subscribe();
        }
    }

    /**
     * Makes all UserSigs of earlier seconds than this one answer 70001, as the vendor's kick does. One made within this
     * very second stays good, because its time is not different from that of its successor.
     *
     * @return the second from which on UserSigs are good, by the sandbox's clock
     */
    public Instant kick() {
        Instant second = Instant.ofEpochSecond(service.signatures().now().getEpochSecond());
        kick(second);
        return second;
    }

    /**
     * Makes all UserSigs issued before a time answer 70001.
     *
     * @param before the first second whose UserSigs are good
     */
    public void kick(Instant before) {
        service.signatures().kick(before);
    }

    /** Closes every open connection at once, without notice; the sandbox keeps listening. */
    public void closeConnections() {
        Future<Void> unused = connections.close();
    }

    /** Stops listening, closes all connections and ends its threads; returns at once. */
    @Override
    public void dispose() {
        stop().subscribe();
    }

    /** Stops listening, closes all connections and ends its threads; waits for it. */
    @Override
    public void close() {
        stop().block(PATIENCE);
    }

    @Override
    public boolean isDisposed() {
        return disposed.get();
    }

    /**
     * Tells when the sandbox no longer listens.
     *
     * @return completes then
     */
    public Mono<Void> onDispose() {
        return server.onDispose();
    }

    private Mono<Void> stop() {
        return Mono.defer(() -> {
            if (!disposed.compareAndSet(false, true)) {
                return server.onDispose();
            }
            server.dispose();
            Webhook last = webhook.get();
            Mono<Void> callbacks = last == null ? Mono.empty() : last.dispose();
            return server.onDispose()
                    .then(Mono.defer(() -> FutureMono.from(connections.close())))
                    .then(callbacks)
                    .then(loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)));
        });
    }
}
