/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the answers tell: the shortest round trip of late, how much of the excess over it can be believed to have been
 * lost on the way to the service, and how many answers came in the last second. Written by any thread, without locks;
 * judged by the settling thread.
 */
final class RoundTrips {

    /** Five seconds at full rate. */
    private static final int SAMPLES = 1024;

    private static final int SAMPLES_A_JUDGEMENT = 64;
    /**
     * What belief may cost on average: with the least guard and late timers on top, a place must come back within 1 %
     * of the window.
     */
    private static final long BUDGET = WINDOW * 6 / 1000;
    /** The shortest is that of the current and the last span, so that an old one is forgotten. */
    private static final long SPAN = 10 * WINDOW;

    private final AtomicLong shortest = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger total = new AtomicInteger();
    private final AtomicLongArray lengths = new AtomicLongArray(SAMPLES);
    private final AtomicLongArray times;

    private long shortestBefore = Long.MAX_VALUE;
    private long spanEnd;
    private int judged;
    private long credible;

    /** Remembers the times of as many answers as a lane has places: more cannot come in one window for long. */
    RoundTrips(int places, long now) {
        times = new AtomicLongArray(places);
        for (int i = 0; i < places; i++) {
            times.lazySet(i, now - 2 * WINDOW);
        }
        spanEnd = now + SPAN;
    }

    void answered(long roundTrip, long now) {
        long known = shortest.get();
        while (roundTrip < known && !shortest.compareAndSet(known, roundTrip)) {
            known = shortest.get();
        }
        int index = total.getAndIncrement();
        lengths.set(Math.floorMod(index, SAMPLES), roundTrip);
        times.set(Math.floorMod(index, times.length()), now);
    }

    /** The shortest of the last ten to twenty seconds. */
    long shortest() {
        return Math.min(shortest.get(), shortestBefore);
    }

    /**
     * The most of an excess to believe. Round trips vary because requests are held up on the way, which matters, and
     * because the service works longer on some calls, which does not; they cannot be told apart. So as much is believed
     * as the promised rate can pay for: everything while long round trips are rare, less when they are the rule.
     */
    long credible() {
        return credible;
    }

    /** Looks at what came since it last looked. */
    void judge(long now) {
        if (now - spanEnd >= 0) {
            shortestBefore = shortest.getAndSet(Long.MAX_VALUE);
            spanEnd = now + SPAN;
        }
        int count = total.get();
        if (count - judged >= SAMPLES_A_JUDGEMENT) {
            judged = count;
            credible = level(Math.min(count, SAMPLES));
        }
    }

    /** The level at which to cut all known excesses so that their mean is the budget. */
    private long level(int count) {
        long[] excess = new long[count];
        long least = shortest();
        for (int i = 0; i < count; i++) {
            excess[i] = Math.max(0, lengths.get(i) - least);
        }
        Arrays.sort(excess);
        long toSpend = BUDGET * count;
        for (int i = 0; i < count; i++) {
            int rest = count - i;
            if (excess[i] * rest >= toSpend) {
                return toSpend / rest;
            }
            toSpend -= excess[i];
        }
        return WINDOW;
    }

    /** Answers of the last window, whatever they said. */
    int inLastWindow(long now) {
        int count = 0;
        for (int i = 0; i < times.length(); i++) {
            if (now - times.get(i) < WINDOW) {
                count++;
            }
        }
        return count;
    }
}
