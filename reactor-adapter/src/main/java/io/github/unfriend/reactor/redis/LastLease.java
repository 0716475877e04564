/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.internal.lease.LeaseConfig;
import io.github.unfriend.reactor.internal.lease.LeaseKeeper;
import io.github.unfriend.reactor.internal.lease.LeaseReply;
import io.github.unfriend.reactor.internal.lease.LeaseRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What Redis answered last about the places of one API, and how often it did not. Written by one thread, read by any. */
final class LastLease implements LeaseKeeper.LeaseWatcher {

    private final Api api;
    private final Pacer local;
    private final TroubleLog trouble;
    private final int fallback;
    private final AtomicLong errors = new AtomicLong();
    private volatile @Nullable LeaseReply last;
    private volatile int wanted;
    private volatile long answeredAt;

    /**
     * Nothing yet.
     *
     * @param local is told of the pauses of other processes
     * @param trouble is told when Redis does not answer, and when it does again
     * @param fallback calls a second meanwhile
     */
    LastLease(Api api, Pacer local, TroubleLog trouble, int fallback) {
        this.api = api;
        this.local = local;
        this.trouble = trouble;
        this.fallback = fallback;
    }

    @Override
    public void answered(LeaseRequest request, LeaseReply reply) {
        trouble.over();
        wanted = request.wants();
        answeredAt = System.nanoTime();
        last = reply;
        if (reply.pauseMillis() > 0) {
            local.pause(api, Duration.ofMillis(reply.pauseMillis()));
        }
    }

    @Override
    public void failed(Throwable error) {
        if (error instanceof RedisScripts.NotYetConnectedException) {
            return; // it has just begun, as at each start
        }
        errors.incrementAndGet();
        trouble.begins(error, fallback);
    }

    /** What this process has of the quota: nothing once the lease has ended. */
    RedisLease lease() {
        LeaseReply reply = last;
        if (reply == null) {
            return new RedisLease(0, 0, 0, Duration.ZERO, errors.get());
        }
        Duration age = Duration.ofNanos(System.nanoTime() - answeredAt);
        int holds = age.compareTo(LeaseConfig.LEASE) < 0 ? reply.holds() : 0;
        return new RedisLease(holds, wanted, reply.members(), age, errors.get());
    }
}
