/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.micrometer;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The buckets of both histograms. A dozen: each is a series of its own for every combination of tags, and Micrometer's
 * full set would be sixty.
 */
public final class Histograms {

    private static final int[] MILLIS = {5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000};

    private Histograms() {}

    /** The upper ends of the buckets. */
    static Duration[] buckets() {
        return Arrays.stream(MILLIS).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    /** The same in nanoseconds, as filters want them. */
    public static double[] nanos() {
        return Stream.of(buckets()).mapToDouble(Duration::toNanos).toArray();
    }
}
