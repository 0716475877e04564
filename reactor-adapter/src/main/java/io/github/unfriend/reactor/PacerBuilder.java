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
 * Builds the local {@link Pacer}.
 *
 * <p><b>How rate, guard and jitter relate.</b> The pacer owns as many places as calls are allowed in a second. A call
 * takes a place when it is granted; the place comes back <em>one second plus a guard</em> after the call was seen
 * written. Two calls that use the same place arrive at the service at least {@code 1 s + guard - jitter} apart, where
 * jitter is the most by which one request can travel longer than another. While {@code guard >= jitter}, no sliding
 * second at the service holds more calls than there are places.
 *
 * <p>The guard costs rate: {@code places / (1 s + guard)} calls flow at most, so 200 places and a guard of 10 ms give
 * 200 / 1.010 = 198.02 calls a second, before what late timers and slow writes cost. That is the price only for calls of
 * which nothing is known. An answer bounds when its request arrived: it cannot have travelled longer than its round trip
 * exceeds the shortest possible one. So the guard of an answered call is this excess over the shortest round trip of the
 * last ten to twenty seconds, and on top what may be wrong with that: a twentieth of the guard for clocks and timers, or
 * more while few round trips were seen that are nearly as short. With 200 places and a guard of 10 ms:
 *
 * <ul>
 *   <li>steady round trips: 0.5 ms are held, and 0.2 ms until the place is used again, 200 / 1.0007 = 199.9 calls a second
 *       flow;
 *   <li>round trips spread evenly over 10 ms, whether by the network or by the service: 5 ms on average, and 1 ms on top,
 *       200 / 1.006 = 198.8;
 *   <li>round trips spread evenly over 20 ms, or over 10 ms by the service and over 10 ms by the network: 8 to 9 ms on
 *       average, 198.2 to 198.4;
 *   <li>round trips spread evenly over much more, or longer than a second: the whole guard, 198.0, for nothing can be told
 *       from them;
 *   <li>many short ones beside long ones: 6 ms on average and 0.5 ms on top, 198.7;
 *   <li>long round trips as an exception: they are believed in full as long as the usual four of five exceed the
 *       shortest by 6 ms or less on average and all belief costs no more than 25 ms a call, 200 / 1.025 = 195.1;
 *   <li>a stall of the service or of the network: it shows in round trips that are out of the ordinary, longer than any
 *       that is usual, or in answers that come in a bunch after a silence; both are believed. When no answer comes at all
 *       for half a second, and for half as long again as they usually take, calls without an answer keep their places, for
 *       ten seconds at most, so that no more of them wait at the service than it allows. What a stall costs is rate, not
 *       the limit. But where calls usually take different times, by more than 10 ms, a stall that makes quick calls take
 *       as long as others do anyway cannot be told from a slow service. It counts as jitter, and the guard is for 10 ms;
 *   <li>a stop of this process itself: nothing leaves meanwhile, and what was under way is believed. A stop of 300 ms
 *       costs {@code rate * 0.3² / 2 * 1.25} = 11 calls, and more when it meets those that catch up after another: one in
 *       each 2 s leaves 191 to 193 when they come at any time, and 198 when they keep to a beat of whole seconds, for then
 *       each meets the gap that the last one left.
 * </ul>
 *
 * <p>When this process is overloaded itself, 2 ms and more between grant and write on average, the service may be, too:
 * then belief may cost 25 ms a call, and twice as much at 4 ms. The rate is lost then in any case.
 *
 * <p>In the first second, and in the first after 20 s without a call, classes are loaded and connections opened: there
 * the whole round trip is held, and a call without an answer holds its place for a second more. A call whose answer comes
 * after its place had come back takes one again, if the answer says that it may have arrived only lately.
 *
 * <p><b>What the bound rests on.</b> That the way to the service does not get faster, by more than the twentieth, than
 * any round trip of the last seconds showed. When it does in one step (a route changes), the calls of one round trip
 * time may arrive up to that step too early, until their answers are there.
 *
 * <p>Not thread-safe; the pacer it builds is.
 */
public final class PacerBuilder {

    private int callsPerSecond = 200;
    private Duration guard = Duration.ofMillis(10);
    private int maxWaiting = 100_000;
    private LongSupplier nanoClock = System::nanoTime;
    private @Nullable Scheduler scheduler;

    PacerBuilder() {}

    /**
     * The most calls of each API in any sliding second; 200 unless told, the vendor's limit. When N processes share one
     * SDKAppID, give each 200 / N.
     *
     * @param calls 1 to 100,000
     * @return this builder
     */
    public PacerBuilder callsPerSecond(int calls) {
        this.callsPerSecond = Figures.callsPerSecond(calls);
        return this;
    }

    /**
     * The most network jitter to allow for, 10 ms unless told; see the arithmetic above.
     *
     * @param duration zero or more, less than a second
     * @return this builder
     */
    public PacerBuilder guard(Duration duration) {
        if (duration.isNegative() || duration.compareTo(Duration.ofSeconds(1)) >= 0) {
            throw new InvalidRequestException("guard must be at least zero and less than one second");
        }
        this.guard = duration;
        return this;
    }

    /**
     * How many callers of one API may wait for a permit, 100,000 unless told. One more is refused with
     * {@link io.github.unfriend.OverloadedException}.
     *
     * @param callers at least 1
     * @return this builder
     */
    public PacerBuilder maxWaiting(int callers) {
        this.maxWaiting = Figures.atLeastOne(callers, "maxWaiting");
        return this;
    }

    /**
     * The clock, in nanoseconds from any origin; {@link System#nanoTime()} unless told. For tests in virtual time.
     *
     * @param clock a source of nanoseconds
     * @return this builder
     */
    public PacerBuilder nanoClock(LongSupplier clock) {
        this.nanoClock = Objects.requireNonNull(clock, "nanoClock");
        return this;
    }

    /**
     * Where the timer runs; a daemon thread of the pacer's own unless told. A scheduler given here is not disposed with
     * the pacer.
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
                new SlidingPacerConfig(callsPerSecond, guard.toNanos(), maxWaiting, nanoClock), scheduler);
    }
}
