/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import java.time.Duration;
import java.util.SplittableRandom;

/** What lies between the clients and the judge. */
public enum NetworkPath {
    /** Nothing. */
    DIRECT,
    /** A proxy that holds the first request of each connection for 100 ms. */
    LAZY_PROXY,
    /** Nothing passes, in both directions, for up to 400 ms every 1.5 to 3 s. */
    STALLING,
    /** A queue of requests grows to 200 ms and drains, every 5 s. */
    QUEUEING,
    /** One request of a hundred arrives 200 ms late. */
    RETRANSMITTING,
    /** Up to 20 ms in each direction, any. */
    VARYING;

    /** The same in every run, so that all candidates meet the same delays. */
    private static final long SEED = 1;

    private static final Duration OPENING = Duration.ofMillis(100);

    /** Starts the proxy that plays this path in front of a port. */
    public Proxy before(int target) {
        return switch (this) {
            case DIRECT -> Proxy.none(target);
            case LAZY_PROXY -> LazyProxy.before(target, OPENING);
            case STALLING -> {
                StallingPath path = new StallingPath(SEED);
                yield DelayingProxy.before(target, () -> path);
            }
            case QUEUEING -> {
                QueueingPath path = new QueueingPath();
                yield DelayingProxy.before(target, () -> path);
            }
            case VARYING -> {
                SplittableRandom random = new SplittableRandom(SEED);
                yield DelayingProxy.before(target, () -> new VaryingPath(random));
            }
            case RETRANSMITTING -> {
                SplittableRandom random = new SplittableRandom(SEED);
                yield DelayingProxy.before(target, () -> new RetransmittingPath(random));
            }
        };
    }
}
