/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the answers tell: the shortest round trip of late (over two spans, so that an old one is forgotten), when the
 * last answers came, and how many. Lock-free; written by any thread.
 */
final class RoundTrips {

    private static final long SPAN = 10 * SlidingPacerConfig.WINDOW;

    private final AtomicLong shortest = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger total = new AtomicInteger();
    private final AtomicLongArray recent;
    private volatile long shortestBefore = Long.MAX_VALUE;
    private long spanEnd;

    /** Remembers as many answers as a lane has places: more cannot fall into one window for long. */
    RoundTrips(int places, long now) {
        recent = new AtomicLongArray(places);
        for (int i = 0; i < places; i++) {
            recent.lazySet(i, now - 2 * SlidingPacerConfig.WINDOW);
        }
        spanEnd = now + SPAN;
    }

    void answered(long roundTrip, long now) {
        long known = shortest.get();
        while (roundTrip < known && !shortest.compareAndSet(known, roundTrip)) {
            known = shortest.get();
        }
        recent.set(Math.floorMod(total.getAndIncrement(), recent.length()), now);
    }

    /** The shortest of the last ten to twenty seconds. */
    long shortest() {
        return Math.min(shortest.get(), shortestBefore);
    }

    /** Begins a new span when one is over; called by one thread at a time. */
    void forgetOld(long now) {
        if (now - spanEnd >= 0) {
            shortestBefore = shortest.getAndSet(Long.MAX_VALUE);
            spanEnd = now + SPAN;
        }
    }

    /** Answers of the last window, whatever they said. */
    int inLastWindow(long now) {
        int count = 0;
        for (int i = 0; i < recent.length(); i++) {
            if (now - recent.get(i) < SlidingPacerConfig.WINDOW) {
                count++;
            }
        }
        return count;
    }

    int total() {
        return total.get();
    }
}
