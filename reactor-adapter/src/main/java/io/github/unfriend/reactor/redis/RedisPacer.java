/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import io.github.unfriend.reactor.internal.lease.LeaseConfig;
import io.github.unfriend.reactor.internal.lease.LeaseKeeper;
import io.github.unfriend.reactor.internal.pacing.SlidingPacer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Shares the quota of one SDKAppID between processes: bulk jobs, and instances of one application. Each process leases
 * places from Redis and paces its calls with them as the local pacer does, so Redis is asked some four times a second by
 * each busy process, not once a call. Busy processes get equal parts; one that is alone gets everything; an idle one holds
 * nothing a second after its last answer. Never more than {@code callsPerSecond} calls of all processes together arrive in
 * a sliding second.
 *
 * <p><b>When Redis is away</b>, calls go on until the lease ends (less than a second), then with {@link
 * RedisPacerBuilder#fallbackCallsPerSecond}, by default with none: callers wait, and nothing is lost. {@link #trouble} says
 * why. When Redis comes back with its memory, the lease goes on; without it (restarted, emptied, failed over) it grants
 * nothing beyond what processes still use for two and a half seconds, until every old lease must have ended.
 *
 * <p><b>What it rests on.</b> What {@link Pacer#builder() the local pacer} rests on, and that no process is stopped for
 * longer than 50 ms between its look at the clock and its write: the service knows no fencing. That clocks drift by less
 * than half a millisecond in a second, and that Redis' clock does not jump by less than half a second. That one Redis
 * at a time answers: cut off from its replicas, an old primary goes on granting until it notices ({@code
 * min-replicas-to-write} bounds that); asynchronous replication may lose a grant, which its holder claims again at its next
 * request, a quarter of a second later. And that no process dies while the service stands still: its unanswered calls,
 * as many as its share, may arrive after others have got its places.
 *
 * <p>Thread-safe; never blocks. Needs Redis 6 or newer; commands: EVALSHA, EVAL, TIME, INFO, HGETALL, HSET, HDEL.
 */
public final class RedisPacer implements Pacer {

    private static final Duration QUOTA_PATIENCE = Duration.ofSeconds(5);
    private static final Duration QUOTA_INTERVAL = Duration.ofMillis(20);

    private final SlidingPacer local;
    private final RedisScripts scripts;
    private final RedisKeys keys;
    private final String statusScript;
    private final Scheduler timer;
    private final Scheduler blocking;
    private final TroubleLog trouble;
    private final Runnable whenClosed;
    private final Map<Api, LeaseKeeper> keepers = new EnumMap<>(Api.class);
    private final Map<Api, LastLease> leases = new EnumMap<>(Api.class);

    RedisPacer(
            SlidingPacer local,
            LeaseConfig config,
            RedisScripts scripts,
            RedisKeys keys,
            Scheduler timer,
            Scheduler blocking,
            Runnable whenClosed) {
        this.local = local;
        this.scripts = scripts;
        this.keys = keys;
        this.timer = timer;
        this.blocking = blocking;
        this.trouble = new TroubleLog(keys.toString());
        this.whenClosed = whenClosed;
        String script = LeaseScript.TEXT; // read here, on a thread that may block
        this.statusScript = LeaseScript.STATUS;
        for (Api api : Api.values()) {
            LastLease lease = new LastLease(api, local, trouble, config.fallback());
            leases.put(api, lease);
            keepers.put(
                    api,
                    new LeaseKeeper(
                            local.places(api),
                            request -> scripts.execute(
                                            script,
                                            keys.of(api),
                                            LeaseScript.arguments(keys.process(), config.leasable(), request))
                                    .mapNotNull(LeaseScript::reply),
                            config,
                            timer,
                            0,
                            lease));
        }
    }

    /**
     * Over a client of the application's own, which stays open when the pacer is disposed.
     *
     * @param client for a single server, or for Sentinel
     * @return a builder
     */
    public static RedisPacerBuilder builder(RedisClient client) {
        return new RedisPacerBuilder(client::connect, () -> {});
    }

    /**
     * Over a client of the application's own, which stays open when the pacer is disposed.
     *
     * @param client for a cluster
     * @return a builder
     */
    public static RedisPacerBuilder builder(RedisClusterClient client) {
        return new RedisPacerBuilder(client::connect, () -> {});
    }

    /**
     * Over a client of its own.
     *
     * @param uri as Lettuce has it, such as {@code redis://host:6379} or {@code rediss://user:password@host}
     * @return a builder
     */
    public static RedisPacerBuilder builder(String uri) {
        return builder(RedisURI.create(uri));
    }

    /**
     * Over a client of its own.
     *
     * @param uri where, and with which user and password
     * @return a builder
     */
    public static RedisPacerBuilder builder(RedisURI uri) {
        RedisClient client = RedisClient.create(uri);
        return new RedisPacerBuilder(client::connect, client::shutdown);
    }

    @Override
    public Mono<Permit> acquire(Api api) {
        LeaseKeeper keeper = keeper(api);
        return local.acquire(api).doOnRequest(demand -> keeper.wake());
    }

    @Override
    public void slowDown(Api api) {
        keeper(api).refused();
    }

    @Override
    public void pause(Api api, Duration duration) {
        local.pause(api, duration);
        if (!duration.isNegative()) {
            keeper(api).pause(duration);
        }
    }

    @Override
    public void hostLost(String host) {
        local.hostLost(host);
    }

    /**
     * What this process does: {@code callsPerSecond} is its own part at this time, 0 without a lease.
     *
     * @param api the API asked about
     * @return a snapshot
     */
    @Override
    public PacerState state(Api api) {
        return local.state(api);
    }

    /**
     * What this process has of the quota.
     *
     * @param api the API asked about
     * @return a snapshot, as of the last answer of Redis
     */
    public RedisLease lease(Api api) {
        return Objects.requireNonNull(leases.get(api), "api").lease();
    }

    /**
     * Asks Redis who holds what. Changes nothing there. Connects if there is no connection yet.
     *
     * @param api the API asked about
     * @return the answer, on a thread of Lettuce; an error of Lettuce, or {@link java.util.concurrent.TimeoutException}
     *     after five seconds
     */
    public Mono<RedisQuota> quota(Api api) {
        return askForQuota(api).timeout(QUOTA_PATIENCE);
    }

    private Mono<RedisQuota> askForQuota(Api api) {
        return scripts.execute(statusScript, keys.of(api))
                .map(RedisQuota::of)
                .onErrorResume(
                        RedisScripts.NotYetConnectedException.class,
                        soon -> Mono.delay(QUOTA_INTERVAL).then(Mono.defer(() -> askForQuota(api))));
    }

    /**
     * Why no places can be leased now.
     *
     * @return empty while Redis answers, and before it was asked
     */
    public Optional<RedisTrouble> trouble() {
        return trouble.current();
    }

    @Override
    public @Nullable String problem() {
        return trouble()
                .map(each -> "Redis: " + each.kind() + ", " + each.message())
                .orElse(null);
    }

    /** Gives back what can be given back; waiting callers are turned away. */
    @Override
    public void dispose() {
        if (!local.isDisposed()) {
            keepers.values().forEach(LeaseKeeper::close);
            local.dispose();
            scripts.close();
            blocking.schedule(whenClosed); // after the connection: a client that is closed first loses its buffers
            blocking.disposeGracefully().subscribe();
            timer.dispose();
        }
    }

    @Override
    public boolean isDisposed() {
        return local.isDisposed();
    }

    /** Whose quota it shares. */
    long sdkAppId() {
        return keys.sdkAppId();
    }

    private LeaseKeeper keeper(Api api) {
        return Objects.requireNonNull(keepers.get(api), "api");
    }
}
