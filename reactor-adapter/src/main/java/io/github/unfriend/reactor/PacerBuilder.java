/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.reactor.internal.pacing.SlidingPacer;
import io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Made by {@link Pacer#builder()} to build the local pacer, which never lets more calls arrive at the service in any
 * sliding second than are allowed, as long as no request is overtaken by one that was written the {@link #guard} later.
 * With enough work waiting, {@code calls / (1 s + mean hold)} flow each second, where a call is held for as long as it
 * may have been on its way: for what its round trip took longer than the shortest of the last ten to twenty seconds,
 * or less if an answer to a later call came before its own. So answers that take 20 to 30 ms leave 198.7 of 200. An
 * erratic service costs more; {@link #jitterAtMost} is for whoever knows that it is the service that varies and not
 * the way.
 *
 * <p>When the service answers nothing for half a second, only one call a second leaves, until it answers again. If fewer
 * than 7 calls a second are allowed, no place can be kept for such probes: then the place of a call without an answer
 * comes back five seconds after its timeout.
 *
 * <p>Not thread-safe; the pacer it builds is.
 */
public final class PacerBuilder {

    private int callsPerSecond = 200;
    private Duration guard = Duration.ofMillis(10);
    private long jitterAtMost = SlidingPacerConfig.NO_CAP;
    private int maxWaiting = 100_000;
    private LongSupplier nanoClock = System::nanoTime;
    private @Nullable Scheduler scheduler;

    PacerBuilder() {}

    /**
     * The most calls of each API in any sliding second. When N processes share one SDKAppID, give each 200 / N. Default:
     * 200, the vendor's limit.
     *
     * @param calls 1 to 100,000
     * @return this builder
     */
    public PacerBuilder callsPerSecond(int calls) {
        this.callsPerSecond = Figures.callsPerSecond(calls);
        return this;
    }

    /**
     * No request arrives before one that was written so much earlier. The answer to a call so tells that all calls written
     * the guard before it have arrived. Default: 10 ms.
     *
     * @param duration zero or more, less than a second
     * @return this builder
     */
    public PacerBuilder guard(Duration duration) {
        this.guard = lessThanASecond(duration, "guard");
        return this;
    }

    /**
     * By how much one request can travel longer than another, whatever the service does. Caps what a call is held for, so
     * that a service whose answers take very different times costs no rate: 10 ms leave at least 198. If the way is worse
     * than that, more calls than allowed may arrive in a second. Default: no cap.
     *
     * @param duration zero or more, less than a second
     * @return this builder
     */
    public PacerBuilder jitterAtMost(Duration duration) {
        this.jitterAtMost = lessThanASecond(duration, "jitterAtMost").toNanos();
        return this;
    }

    private static Duration lessThanASecond(Duration duration, String name) {
        if (duration.isNegative() || duration.compareTo(Duration.ofSeconds(1)) >= 0) {
            throw new InvalidRequestException(name + " must be at least zero and less than one second");
        }
        return duration;
    }

    /**
     * How many callers of one API may wait for a permit. One more is refused with
     * {@link io.github.unfriend.OverloadedException}. Default: 100,000.
     *
     * @param callers at least 1
     * @return this builder
     */
    public PacerBuilder maxWaiting(int callers) {
        this.maxWaiting = Figures.atLeastOne(callers, "maxWaiting");
        return this;
    }

    /**
     * The clock, in nanoseconds from any origin. For tests in virtual time. Default: {@link System#nanoTime()}.
     *
     * @param clock a source of nanoseconds
     * @return this builder
     */
    public PacerBuilder nanoClock(LongSupplier clock) {
        this.nanoClock = Objects.requireNonNull(clock, "nanoClock");
        return this;
    }

    /**
     * Where the timer runs. A scheduler given here is not disposed with the pacer. Default: a daemon thread of the pacer's
     * own.
     *
     * @param timer a scheduler that supports delays
     * @return this builder
     */
    public PacerBuilder scheduler(Scheduler timer) {
        this.scheduler = Objects.requireNonNull(timer, "scheduler");
        return this;
    }

    /**
     * Builds the pacer. Starts no thread before the first call has to wait.
     *
     * @return a new pacer; whoever builds it disposes it
     */
    public Pacer build() {
        return new SlidingPacer(
                new SlidingPacerConfig(callsPerSecond, guard.toNanos(), jitterAtMost, maxWaiting, nanoClock),
                scheduler);
    }
}
