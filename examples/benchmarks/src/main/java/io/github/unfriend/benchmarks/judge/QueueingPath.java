/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

/**
 * A queue of requests that grows to 200 ms within half a second and is empty 200 ms later: 2.5 s after the first request,
 * and then every 5 s. No request overtakes another: while the queue drains, all that come leave at its end. Answers are not
 * delayed.
 */
final class QueueingPath implements ConnectionDelays {

    private static final long MILLI = 1_000_000;
    private static final long EVERY = 5_000 * MILLI;
    private static final long GROWS = 500 * MILLI;
    private static final long LONGEST = 200 * MILLI;

    private boolean begun;
    private long first;

    @Override
    public long requestLeaves(long now) {
        if (!begun) {
            begun = true;
            first = now - EVERY / 2; // the first queue comes when the client is no longer cold
        }
        long time = (now - first) % EVERY;
        if (time < GROWS) {
            return now + time * LONGEST / GROWS;
        }
        return now + Math.max(0, GROWS + LONGEST - time);
    }
}
