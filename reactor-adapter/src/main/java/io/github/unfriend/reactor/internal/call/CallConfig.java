/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.RetryPolicy;
import io.github.unfriend.reactor.internal.observation.GatewayListener;
import io.github.unfriend.reactor.internal.retry.RetryBudget;
import io.github.unfriend.reactor.internal.transport.HttpTransport;
import io.github.unfriend.reactor.internal.transport.UserSigs;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * What all calls of one gateway share.
 *
 * @param transport sends attempts
 * @param userSigs who renews an expired UserSig
 * @param pacer asked whether it pauses
 * @param effects carries out what concerns more than one call
 * @param policy what failures lead to
 * @param budget what may be spent on repeating
 * @param callDeadline how long a call may take over all its attempts
 * @param refusal whether the gateway is refused
 * @param listener told what happens
 * @param clock whose time counts
 */
public record CallConfig(
        HttpTransport transport,
        UserSigs userSigs,
        Pacer pacer,
        SharedEffects effects,
        RetryPolicy policy,
        RetryBudget budget,
        Duration callDeadline,
        RefusalLatch refusal,
        GatewayListener listener,
        Scheduler clock) {

    /** When the retry budget is spent, attempts wait about this long. */
    private static final Duration DRY_DELAY = Duration.ofSeconds(10);

    /** How long a repetition has to wait, now that it is taken from the budget. */
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
        return clock.now(TimeUnit.NANOSECONDS);
    }
}
