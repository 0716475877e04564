/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.RetryPolicy;
import io.github.unfriend.reactor.internal.retry.RetryBudget;
import io.github.unfriend.reactor.internal.transport.HttpTransport;
import io.github.unfriend.reactor.internal.transport.Signatures;
import io.github.unfriend.reactor.internal.watch.GatewayWatch;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * What all streams of one gateway share.
 *
 * @param transport sends attempts
 * @param signatures who renews an expired signature
 * @param pacer asked whether it pauses
 * @param consequences carries out what concerns more than one call
 * @param policy what failures lead to
 * @param maxConcurrentCalls calls of one stream under way at once
 * @param readAhead calls of one stream that nobody has asked for yet
 * @param maxHeldAccounts elements of one stream that may wait for their call
 * @param linger how long an account waits for company while the source is slow
 * @param serialOwners the From_Accounts to be served one call at a time
 * @param budget what may be spent on repeating
 * @param callDeadline how long one call may take over all its attempts
 * @param runs the streams that are open
 * @param refusal is told whether the service refuses the gateway
 * @param watch told what happens
 * @param scheduler where waits run, and whose clock counts the linger time
 */
public record StreetConfig(
        HttpTransport transport,
        Signatures signatures,
        Pacer pacer,
        Consequences consequences,
        RetryPolicy policy,
        int maxConcurrentCalls,
        int readAhead,
        int maxHeldAccounts,
        Duration linger,
        SerialOwners serialOwners,
        RetryBudget budget,
        Duration callDeadline,
        Runs runs,
        Refusal refusal,
        GatewayWatch watch,
        Scheduler scheduler) {

    /** When the retry budget is spent, attempts wait about this long. */
    private static final Duration DRY_DELAY = Duration.ofSeconds(10);

    /** How long a repetition has to wait. */
    Duration budgeted(Duration delay) {
        return budget.delay(delay, dryDelay());
    }

    /** How long a call has to wait before its first attempt. */
    Duration firstDelay() {
        return budget.firstDelay(dryDelay());
    }

    private static Duration dryDelay() {
        long half = DRY_DELAY.toNanos() / 2;
        return Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half));
    }

    long nanos() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
