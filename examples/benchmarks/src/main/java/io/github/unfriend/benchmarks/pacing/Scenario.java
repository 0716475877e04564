/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
import io.github.unfriend.benchmarks.judge.NetworkPath;
import io.github.unfriend.benchmarks.judge.ServiceLatency;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Under which circumstances a client has to keep its rate. */
enum Scenario {
    /** 10 accounts a call, answers take 20 to 30 ms. */
    DEFAULT("answers take 20-30 ms, 10 accounts a call"),
    /** The whole client stands still, as in a long garbage collection. */
    PAUSES("the client stands still for 300 ms every 2 s"),
    /** Another process wants all it can get of one core. */
    BUSY_CORE("another process keeps one core busy"),
    /** As over a long way, with TLS. */
    SLOW_CONNECT("a connection takes 100 ms to open"),
    /** As behind a balancer that opens its own connection after ours: what was written waits on the way. */
    LAZY_PROXY("behind a proxy that holds the first request of each connection for 100 ms"),
    /** The service changes its pace each second. */
    JUMPING_LATENCY("latency jumps between 5 ms and 500 ms each second"),
    /** Slow and quick calls side by side. */
    MIXED_LATENCY("every other call takes 500 ms, the rest 5 ms"),
    /** The smallest calls. */
    ONE_ACCOUNT("one account a call"),
    /** The largest calls. */
    THOUSAND_ACCOUNTS("1,000 accounts a call"),
    /** Both APIs have a budget of their own. */
    BOTH_APIS("friend_delete and friend_delete_all at full rate at once"),
    /** As when the service's storage hangs: calls arrive, time out and are sent again. */
    STALLED_SERVICE("the service stands still from second 4 to 9, calls time out after 2 s"),
    /** As with packets lost for all connections together. */
    STALLED_PATH("nothing passes, in both directions, for up to 400 ms every 1.5 to 3 s; answers take 20-50 ms"),
    /** As behind a router with a full queue. */
    SLOW_QUEUE("a queue in front of the service grows to 200 ms within 500 ms and drains in 200 ms, every 5 s"),
    /** As with single packets lost: one request is overtaken by many. */
    RETRANSMIT("one request of a hundred arrives 200 ms late");

    private static final Duration OPENING = Duration.ofMillis(100);
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(2);

    private final String description;

    Scenario(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    /** As it is written on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Scenario of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    List<Api> apis() {
        return this == BOTH_APIS ? List.of(Api.FRIEND_DELETE, Api.FRIEND_DELETE_ALL) : List.of(Api.FRIEND_DELETE);
    }

    int accountsPerCall() {
        return switch (this) {
            case ONE_ACCOUNT -> 1;
            case THOUSAND_ACCOUNTS -> 1_000;
            default -> 10;
        };
    }

    /**
     * Connections, and calls under way at once: so many that they are not what limits the rate, also while answers do not
     * come.
     */
    int concurrency() {
        return switch (this) {
            case JUMPING_LATENCY, MIXED_LATENCY, STALLED_SERVICE, STALLED_PATH, SLOW_QUEUE -> 256;
            default -> 64;
        };
    }

    /** How long clients wait for an answer. */
    Duration callTimeout() {
        return this == STALLED_SERVICE ? SHORT_TIMEOUT : USUAL_TIMEOUT;
    }

    boolean pausesClient() {
        return this == PAUSES;
    }

    boolean keepsCoreBusy() {
        return this == BUSY_CORE;
    }

    Duration connectDelay() {
        return this == SLOW_CONNECT ? OPENING : Duration.ZERO;
    }

    NetworkPath path() {
        return switch (this) {
            case LAZY_PROXY -> NetworkPath.LAZY_PROXY;
            case STALLED_PATH -> NetworkPath.STALLING;
            case SLOW_QUEUE -> NetworkPath.QUEUEING;
            case RETRANSMIT -> NetworkPath.RETRANSMITTING;
            default -> NetworkPath.DIRECT;
        };
    }

    ServiceLatency latency() {
        return switch (this) {
            case JUMPING_LATENCY -> ServiceLatency.JUMPING;
            case MIXED_LATENCY -> ServiceLatency.MIXED;
            case STALLED_SERVICE -> ServiceLatency.STALLED;
            case STALLED_PATH -> ServiceLatency.WIDE;
            default -> ServiceLatency.USUAL;
        };
    }
}
