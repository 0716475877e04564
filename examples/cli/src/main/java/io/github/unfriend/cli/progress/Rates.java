/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.progress;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast two counters grew lately. Not thread-safe. */
final class Rates {

    private static final long WINDOW = 5_000_000_000L;

    private final Deque<Sample> samples = new ArrayDeque<>();

    void sample(long nanos, long deletions, long calls) {
        samples.addLast(new Sample(nanos, deletions, calls));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos > WINDOW) {
            samples.removeFirst();
        }
    }

    double deletionsPerSecond() {
        return seconds() <= 0 ? 0 : (samples.getLast().deletions - samples.getFirst().deletions) / seconds();
    }

    double callsPerSecond() {
        return seconds() <= 0 ? 0 : (samples.getLast().calls - samples.getFirst().calls) / seconds();
    }

    private double seconds() {
        return samples.isEmpty() ? 0 : (samples.getLast().nanos - samples.getFirst().nanos) / 1e9;
    }

    private record Sample(long nanos, long deletions, long calls) {}
}
