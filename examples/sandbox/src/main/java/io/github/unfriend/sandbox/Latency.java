/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.time.Duration;
import java.util.SplittableRandom;

/** An even spread of times, in nanoseconds. */
record Latency(long least, long most) {

    static final Latency NONE = new Latency(0, 0);

    static Latency between(Duration least, Duration most) {
        if (least.isNegative() || most.compareTo(least) < 0) {
            throw new IllegalArgumentException("a latency must be 0 or more, and not end before it begins");
        }
        return new Latency(least.toNanos(), most.toNanos());
    }

    long draw(SplittableRandom random) {
        return most == least ? least : random.nextLong(least, most + 1);
    }

    /** The random numbers of one call: they depend on the seed and the call's number, on no thread and no time. */
    static SplittableRandom randomOf(long seed, Api api, long number) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L + api.index());
    }
}
