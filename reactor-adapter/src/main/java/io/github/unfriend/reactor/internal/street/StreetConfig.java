/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.reactor.RetryPolicy;
import io.github.unfriend.reactor.internal.transport.HttpTransport;
import io.github.unfriend.reactor.internal.transport.Signatures;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * What all streams of one gateway share.
 *
 * @param transport sends attempts
 * @param signatures who renews an expired signature
 * @param consequences carries out what concerns more than one call
 * @param policy what failures lead to
 * @param maxConcurrentCalls calls of one stream under way at once
 * @param linger how long an account waits for company while the source is slow
 * @param runs the streams that are open
 * @param scheduler where waits run, and whose clock counts the linger time
 */
public record StreetConfig(
        HttpTransport transport,
        Signatures signatures,
        Consequences consequences,
        RetryPolicy policy,
        int maxConcurrentCalls,
        Duration linger,
        Runs runs,
        Scheduler scheduler) {

    long nanos() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
