/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import java.util.Arrays;

/**
 * What the answers tell about the way to the service. A round trip is the way there, the work of the service and the way
 * back; only the first matters, and nobody can measure it alone. Three figures are drawn from the round trips instead:
 *
 * <ul>
 *   <li>the {@linkplain #shortest() shortest} of late: by how much another one exceeds it bounds how much longer that
 *       request may have travelled;
 *   <li>the {@linkplain #doubt() doubt} in it: the shortest seen is not the shortest possible, and the fewer came near it
 *       the less it proves;
 *   <li>how much of an excess is {@linkplain #credible() credible}: as much as the promised rate can pay for.
 * </ul>
 *
 * <p>Not thread-safe; owned by the settling thread.
 */
final class RoundTrips {

    /** Five seconds at full rate. */
    private static final int SAMPLES = 1024;

    private static final int SAMPLES_A_JUDGEMENT = 64;
    /**
     * What belief may cost on average: with the doubt, the least guard and late timers on top, a place must come back
     * within 1 % of the window.
     */
    private static final long BUDGET = WINDOW * 6 / 1000;
    /** What it may cost while long round trips are the exception: what holds up one call in five is no habit. */
    private static final long BUDGET_FOR_EXCEPTIONS = WINDOW * 25 / 1000;
    /** Up to here, on average of the four others, long ones are exceptions. */
    private static final long HARDLY_A_HABIT = WINDOW * 8 / 1000;
    /** And from here on they are the rule. */
    private static final long HABIT = WINDOW * 13 / 1000;
    /** With this much time between grant and write on average this process is overloaded, and the service may be, too. */
    private static final long OVERLOADED = WINDOW * 2 / 1000;
    /** The shortest is that of the current and the last span, so that an old one is forgotten. */
    private static final long SPAN = 10 * WINDOW;
    /**
     * Twice the logarithm of 1000, see {@link #doubt()}: once in a thousand times is the shortest possible round trip
     * further below the shortest seen than the doubt says.
     */
    private static final double CAUTION = 14;

    private final long guard;
    private final long[] lengths = new long[SAMPLES];
    private final long[] lags = new long[SAMPLES];
    private final long[] answeredAt = new long[SAMPLES];
    private final Bunches bunches;
    private long total;
    private long shortest = Long.MAX_VALUE;
    private long shortestBefore = Long.MAX_VALUE;
    private long spanEnd;
    private long totalAtSpan;
    private long totalAtSpanBefore;
    private long judged;
    private long credible = WINDOW;
    private long totalAtStart;
    private double shareNearShortest;
    private long doubt;

    RoundTrips(SlidingPacerConfig config, long now) {
        guard = config.guardNanos();
        doubt = guard;
        bunches = new Bunches(config.callsPerSecond(), now);
        spanEnd = now + SPAN;
    }

    /**
     * A call was answered.
     *
     * @param roundTrip since its grant
     * @param lag from its grant to its write
     */
    void answered(long roundTrip, long lag, long now) {
        shortest = Math.min(shortest, roundTrip);
        bunches.answered(now - roundTrip + lag, now);
        int index = (int) (total++ % SAMPLES);
        lengths[index] = roundTrip;
        lags[index] = lag;
        answeredAt[index] = now;
    }

    /** The shortest of the last ten to twenty seconds. */
    long shortest() {
        return Math.min(shortest, shortestBefore);
    }

    /**
     * By how much the shortest possible round trip may still lie below the shortest seen. Let the way there and the work
     * of the service both vary evenly by about a guard: of n round trips that exceed the least by less than a guard, all
     * exceed it by more than {@code x} with a probability of {@code exp(-n x² / 2 guard²)}. The doubt is the {@code x}
     * that makes this one in a thousand: a whole guard until 14 were seen, a tenth of it after 1,400.
     */
    long doubt() {
        return doubt;
    }

    /**
     * The most of an excess to believe of a call that was answered at some time: {@link #credible()}, and when answers
     * came in a {@linkplain Bunches bunch} then, as long as that was held up on top; all of it while a bunch may yet
     * become of it.
     */
    long credible(long answered, long now) {
        if (Bunches.mayBecomeOne(answered, now)) {
            return Long.MAX_VALUE;
        }
        return Math.max(guard, credible) + Math.max(0, bunches.heldUp(answered));
    }

    /**
     * The most of an excess to believe. Round trips vary because requests are held up on the way, which matters, and
     * because the service works longer on some calls, which does not; they cannot be told apart. So as much is believed
     * as the promised rate can pay for:
     *
     * <ul>
     *   <li>Everything while long round trips are the exception, as after a stall of the service's process or of the
     *       network, for then it costs little.
     *   <li>Less when they are the rule.
     *   <li>The more again, the more this process is overloaded itself: the rate is lost already, the limit is not.
     * </ul>
     */
    long credible() {
        return credible;
    }

    /** Forgets what is usual, but not the shortest: until enough new answers have come, everything is believed. */
    void startOver() {
        totalAtStart = total;
        credible = WINDOW;
    }

    /** Looks at what came since it last looked. */
    void judge(long now) {
        long count = total;
        if (now - spanEnd >= 0) {
            shortestBefore = shortest;
            shortest = Long.MAX_VALUE;
            totalAtSpanBefore = totalAtSpan;
            totalAtSpan = count;
            spanEnd = now + SPAN;
        }
        if (count - Math.max(judged, totalAtStart) >= SAMPLES_A_JUDGEMENT) {
            judged = count;
            judge(excesses(count), meanLag(count));
        }
        double witnesses = (count - totalAtSpanBefore) * shareNearShortest;
        doubt = witnesses > CAUTION ? (long) (guard * Math.sqrt(CAUTION / witnesses)) : guard;
    }

    private void judge(long[] excesses, long meanLag) {
        if (excesses.length < SAMPLES_A_JUDGEMENT) {
            return; // hardly anything but bunches
        }
        credible = level(excesses, meanLag);
        int near = 0;
        while (near < excesses.length && excesses[near] <= guard) {
            near++;
        }
        shareNearShortest = (double) near / excesses.length;
    }

    /** Of the last round trips, in order; those of a bunch tell what has happened once, and not what is usual. */
    private long[] excesses(long count) {
        long[] excesses = new long[samples(count)];
        long least = shortest();
        int found = 0;
        for (int i = 0; i < excesses.length; i++) {
            int index = (int) ((count - 1 - i) % SAMPLES);
            if (bunches.heldUp(answeredAt[index]) == Bunches.NONE) {
                excesses[found++] = Math.max(0, lengths[index] - least);
            }
        }
        long[] usual = Arrays.copyOf(excesses, found);
        Arrays.sort(usual);
        return usual;
    }

    private long meanLag(long count) {
        int samples = samples(count);
        long sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += lags[(int) ((count - 1 - i) % SAMPLES)];
        }
        return sum / samples;
    }

    private int samples(long count) {
        return (int) Math.min(count - totalAtStart, SAMPLES);
    }

    /** The level at which to cut all these excesses so that their mean is what may be spent. */
    private static long level(long[] excesses, long meanLag) {
        int usual = excesses.length * 4 / 5;
        long toSpend = budget(Arrays.stream(excesses, 0, usual).sum() / usual, meanLag) * excesses.length;
        for (int i = 0; i < excesses.length; i++) {
            int rest = excesses.length - i;
            if (excesses[i] * rest >= toSpend) {
                return toSpend / rest;
            }
            toSpend -= excesses[i];
        }
        return WINDOW;
    }

    private static long budget(long usual, long meanLag) {
        if (meanLag > OVERLOADED) {
            return (long) ((double) BUDGET_FOR_EXCEPTIONS * meanLag / OVERLOADED);
        }
        double habit = Math.min(1, Math.max(0, usual - HARDLY_A_HABIT) / (double) (HABIT - HARDLY_A_HABIT));
        return (long) (BUDGET_FOR_EXCEPTIONS - habit * (BUDGET_FOR_EXCEPTIONS - BUDGET));
    }

    /** Answers of the last window, whatever they said. */
    int inLastWindow(long now) {
        return bunches.answersWithin(WINDOW, now);
    }
}
