/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.SandboxOptionsBuilder;
import java.time.Duration;

/** How long the service takes for an answer. */
public enum ServiceLatency {
    /** 20 to 30 ms. */
    USUAL,
    /** 20 to 50 ms. */
    WIDE,
    /** 20 to 30 ms; stands still once for 5 s. */
    STALLED,
    /** 100 ms, each time. */
    HUNDRED_MILLIS,
    /** 5 ms in one second, 500 ms in the next. */
    JUMPING,
    /** 500 ms for every other answer, 5 ms for the rest. */
    MIXED;

    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofMillis(500);
    private static final long SECOND = 1_000_000_000L;

    SandboxOptionsBuilder applyTo(SandboxOptionsBuilder options) {
        return switch (this) {
            case USUAL -> options.latency(Duration.ofMillis(20), Duration.ofMillis(30));
            case WIDE -> options.latency(Duration.ofMillis(20), Duration.ofMillis(50));
            case STALLED -> USUAL.applyTo(options).faultPlan(FaultPlan.script(new ServiceStall()::decide));
            case HUNDRED_MILLIS -> options.latency(Duration.ofMillis(100), Duration.ofMillis(100));
            case JUMPING ->
                options.faultPlan(FaultPlan.script(
                        call -> Fault.none().withDelay(call.arrivalNanos() / SECOND % 2 == 0 ? SHORT : LONG)));
            case MIXED ->
                options.faultPlan(FaultPlan.script(
                        call -> Fault.none().withDelay(call.number() % 2 == 0 ? SHORT : LONG)));
        };
    }
}
