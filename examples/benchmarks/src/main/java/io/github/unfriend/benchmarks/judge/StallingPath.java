/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import java.util.SplittableRandom;

/**
 * Nothing passes for up to 400 ms every 1.5 to 3 s, neither requests nor answers, on all connections together. What waited
 * passes at once when the stall ends. Counted from the first request on, so that all stalls lie at the same times in every
 * run.
 */
final class StallingPath implements ConnectionDelays {

    private static final long MILLI = 1_000_000;
    private static final long LEAST_DISTANCE = 1_500 * MILLI;
    private static final long MOST_DISTANCE = 3_000 * MILLI;
    private static final long LONGEST = 400 * MILLI;

    private final SplittableRandom random;
    private boolean begun;
    private long start;
    private long end;

    StallingPath(long seed) {
        this.random = new SplittableRandom(seed);
    }

    @Override
    public long requestLeaves(long now) {
        return leaves(now);
    }

    @Override
    public long answerLeaves(long now) {
        return leaves(now);
    }

    private long leaves(long now) {
        if (!begun) {
            begun = true;
            start = now;
            end = now;
        }
        while (end <= now) {
            start += random.nextLong(LEAST_DISTANCE, MOST_DISTANCE + 1);
            end = start + random.nextLong(1, LONGEST + 1);
        }
        return now < start ? now : end;
    }
}
