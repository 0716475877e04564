/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.Api;
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
    BOTH_APIS("friend_delete and friend_delete_all at full rate at once");

    private static final Duration OPENING = Duration.ofMillis(100);

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

    /** Connections, and calls under way at once: enough for 200 calls a second at this scenario's latency. */
    int concurrency() {
        return latency().isLong() ? 256 : 64;
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

    Duration proxyDelay() {
        return this == LAZY_PROXY ? OPENING : Duration.ZERO;
    }

    ServiceLatency latency() {
        return switch (this) {
            case JUMPING_LATENCY -> ServiceLatency.JUMPING;
            case MIXED_LATENCY -> ServiceLatency.MIXED;
            default -> ServiceLatency.USUAL;
        };
    }
}
