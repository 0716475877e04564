/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import io.github.unfriend.sandbox.CallInfo;
import io.github.unfriend.sandbox.Fault;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The service stands still once, from 4 s after its first call on, for 5 s. Calls that arrive meanwhile are counted when
 * they arrive and answered when the stall is over. Calls that came before it are answered as always.
 */
final class ServiceStall {

    private static final Duration BEGIN = Duration.ofSeconds(4);
    private static final Duration LENGTH = Duration.ofSeconds(5);
    private static final long NEVER = Long.MIN_VALUE;

    private final AtomicLong first = new AtomicLong(NEVER);

    /** How much longer than usual the answer to this call takes. */
    Fault decide(CallInfo call) {
        first.compareAndSet(NEVER, call.arrivalNanos());
        long since = call.arrivalNanos() - first.get() - BEGIN.toNanos();
        Duration rest = LENGTH.minusNanos(since);
        return since < 0 || rest.isNegative() ? Fault.none() : Fault.none().withDelay(rest);
    }
}
