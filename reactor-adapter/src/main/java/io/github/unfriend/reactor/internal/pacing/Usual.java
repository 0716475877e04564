/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import java.util.Arrays;

/**
 * What round trips usually are: by how much the last ones exceeded the shortest, without those that were held up
 * together. Three things are read from it: how sure the shortest is, how much of an excess may be believed on average,
 * and whether a single one is out of the ordinary.
 *
 * <p>Immutable.
 */
final class Usual {

    /** How seldom the shortest possible round trip may lie further below the shortest seen than the doubt says. */
    private static final double SELDOM = 1e-3;
    /** So many alike are no exception. */
    private static final int COMPANY = 10;
    /** So close to each other two are called alike at first: nothing is measured more exactly over a network. */
    private static final long ALIKE = WINDOW / 1000;
    /** When one in eight is, it is common. */
    private static final int COMMON = 8;

    private static final long COMMON_RANGE = WINDOW / 100;
    /**
     * What belief may cost on average: with the doubt, the least guard and late timers on top, a place must come back
     * within 1 % of the window.
     */
    private static final long BUDGET = WINDOW * 6 / 1000;
    /** What it may cost while long round trips are the exception: what holds up one call in five is no habit. */
    private static final long BUDGET_FOR_EXCEPTIONS = WINDOW * 25 / 1000;
    /** Up to here, on average of the four others, long ones are exceptions. */
    private static final long HARDLY_A_HABIT = WINDOW * 6 / 1000;
    /** And from here on they are the rule. */
    private static final long HABIT = WINDOW * 8 / 1000;
    /** With this much time between grant and write on average this process is overloaded, and the service may be, too. */
    private static final long OVERLOADED = WINDOW * 2 / 1000;

    /** In order. */
    private final long[] excesses;
    /** For each of them the largest one up to it that is no exception; zero if none is. */
    private final long[] usual;

    private final long guard;
    private final long level;
    /** How close to each other two are that are alike. */
    private long alike = ALIKE;

    /**
     * Looks at them.
     *
     * @param excesses over the shortest, in any order, at least one; it keeps the array and sorts it
     * @param guard the most of a doubt
     * @param meanLag from grant to write
     */
    Usual(long[] excesses, long guard, long meanLag) {
        this.excesses = excesses;
        this.guard = guard;
        this.usual = new long[excesses.length];
        Arrays.sort(excesses);
        findUsual();
        level = level(meanLag);
    }

    /** Exceptions are few. If it were otherwise, round trips are spread more widely, and so may be those alike. */
    private void findUsual() {
        while (exceptions() > excesses.length / COMMON && alike < WINDOW) {
            alike *= 2;
        }
    }

    private int exceptions() {
        int exceptions = 0;
        long last = 0;
        for (int i = 0; i < excesses.length; i++) {
            // Of those alike, the very longest are exceptions nevertheless.
            if (areAlike(i, i + COMPANY / 2) && (areAlike(i - COMPANY, i) || areAlike(i, i + COMPANY))) {
                last = excesses[i];
            } else {
                exceptions++;
            }
            usual[i] = last;
        }
        return exceptions;
    }

    private boolean areAlike(int from, int to) {
        return from >= 0 && to < excesses.length && excesses[to] - excesses[from] <= alike;
    }

    /**
     * By how much the shortest possible round trip may still lie below the shortest seen. Let the way there and the work
     * of the service both vary: then near the least, the number of round trips grows with the square of their distance
     * from it at most. Whatever that distance is measured in, of the k shortest the very shortest is nearer to the least
     * than a share {@code s} of the k-th, but for {@code (1 - s²)^(k-1)} of all cases. With s such that this is one in a
     * thousand, the doubt is {@code s / (1 - s)} times by how much the k-th exceeds the shortest, for the k that says
     * least; and a whole guard as long as none says less.
     */
    long doubt() {
        long doubt = guard;
        for (int k = 8; k <= excesses.length / 4; k *= 2) {
            double share = Math.sqrt(1 - Math.pow(SELDOM, 1.0 / (k - 1)));
            doubt = Math.min(doubt, (long) (share / (1 - share) * excesses[k - 1]));
        }
        return doubt;
    }

    /** How much of an excess is out of the ordinary: by how much it is beyond the nearest one that has company. */
    long unusual(long excess) {
        int below = position(excess + alike);
        return below == 0 ? excess : Math.max(0, excess - usual[below - 1]);
    }

    /** The longest that is no exception. */
    long longest() {
        return usual[usual.length - 1];
    }

    /** Whether many others are about the same. */
    boolean isCommon(long excess) {
        return position(excess + COMMON_RANGE / 2) - position(excess - COMMON_RANGE / 2) >= excesses.length / COMMON;
    }

    /** How many are not larger. */
    private int position(long excess) {
        int found = Arrays.binarySearch(excesses, excess);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The most of each excess that may be believed if the mean is not to be more than may be spent. */
    long level() {
        return level;
    }

    private long level(long meanLag) {
        int four = excesses.length * 4 / 5;
        long toSpend = budget(Arrays.stream(excesses, 0, four).sum() / four, meanLag) * excesses.length;
        for (int i = 0; i < excesses.length; i++) {
            int rest = excesses.length - i;
            if (excesses[i] * rest >= toSpend) {
                return toSpend / rest;
            }
            toSpend -= excesses[i];
        }
        return WINDOW;
    }

    private static long budget(long mean, long meanLag) {
        if (meanLag > OVERLOADED) {
            return (long) ((double) BUDGET_FOR_EXCEPTIONS * meanLag / OVERLOADED);
        }
        double habit = Math.min(1, Math.max(0, mean - HARDLY_A_HABIT) / (double) (HABIT - HARDLY_A_HABIT));
        return (long) (BUDGET_FOR_EXCEPTIONS - habit * (BUDGET_FOR_EXCEPTIONS - BUDGET));
    }
}
