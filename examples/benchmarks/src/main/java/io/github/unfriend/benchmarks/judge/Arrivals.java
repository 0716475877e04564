/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The arithmetic of the judge: arrival times in nanoseconds from any origin, ascending. */
public final class Arrivals {

    private static final long SECOND = 1_000_000_000L;

    private final long[] times;

    private Arrivals(long[] times) {
        this.times = times;
    }

    /**
     * Takes times.
     *
     * @param times nanoseconds in any order
     * @return the same, ascending
     */
    public static Arrivals of(long... times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return new Arrivals(sorted);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @param text numbers between spaces
     * @return the times
     */
    public static Arrivals parse(String text) {
        return text.isBlank()
                ? of()
                : of(Arrays.stream(text.strip().split(" "))
                        .mapToLong(Long::parseLong)
                        .toArray());
    }

    /**
     * How many there are.
     *
     * @return their number
     */
    public int count() {
        return times.length;
    }

    /**
     * The most arrivals in any half-open second [t, t + 1 s).
     *
     * @return at most {@link #count}
     */
    public int mostInAnySecond() {
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.length; last++) {
            while (times[last] - times[first] >= SECOND) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /**
     * Arrivals a second in a half-open part of the run. The part is cut at fixed times, not at the last arrival: a
     * client that falls silent before the end is slow.
     *
     * @param from nanoseconds from the first arrival on
     * @param to nanoseconds from the first arrival on
     * @return arrivals a second
     */
    public double rate(long from, long to) {
        if (times.length == 0 || to <= from) {
            return 0;
        }
        long first = times[0];
        long inside = Arrays.stream(times)
                .filter(time -> time - first >= from && time - first < to)
                .count();
        return (double) inside * SECOND / (to - from);
    }

    /**
     * Arrivals in a sliding second, on average over all that lie in a half-open part of the run. The calls of a pacer
     * come in a pattern that repeats about each second, so a count between two fixed times depends on where in the
     * pattern they fall, by more than one percent in ten seconds; this mean does not.
     *
     * @param from nanoseconds from the first arrival on
     * @param to nanoseconds from the first arrival on, at least a second later
     * @return arrivals in a sliding second
     */
    public double meanInASecond(long from, long to) {
        if (times.length == 0 || to - from <= SECOND) {
            return rate(from, to);
        }
        long lastStart = to - SECOND;
        double covered = 0;
        for (long time : times) {
            long arrival = time - times[0];
            covered += Math.max(0, Math.min(lastStart, arrival) - Math.max(from, arrival - SECOND));
        }
        return covered / (lastStart - from);
    }

    /**
     * Those of the first part of the run.
     *
     * @param nanosFromFirst where it ends, from the first arrival on
     * @return those before
     */
    public Arrivals until(long nanosFromFirst) {
        return new Arrivals(Arrays.stream(times)
                .filter(time -> time - times[0] < nanosFromFirst)
                .toArray());
    }

    @Override
    public String toString() {
        return Arrays.stream(times).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }
}
