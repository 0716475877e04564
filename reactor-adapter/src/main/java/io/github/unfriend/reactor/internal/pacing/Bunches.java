/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Finds answers that come in a bunch. A service that works slowly answers as evenly as it was called; when everything was
 * held up, by a pause of its process or on the way, and goes on, all that has waited arrives at once, and so do the
 * answers. Their round trips tell the truth about the way there, however long they are.
 *
 * <p>Not thread-safe; owned by the settling thread.
 */
final class Bunches {

    /** Answers this close together are looked at. */
    private static final long SPAN = WINDOW / 20;
    /** So many times more than the regular number in that time make a bunch: at full rate, chance needs hours for it. */
    private static final double TIMES_REGULAR = 2.75;
    /** And so for a bunch of few calls, after a time in which few were made. */
    private static final long SHORT_SPAN = WINDOW / 80;

    private static final double TIMES_REGULAR_IN_SHORT_SPAN = 4.5;
    /** What is regular is taken from about this long: a lull does not make it small, nor a bunch large. */
    private static final long LATE = 4 * WINDOW;
    /** Fewer are chance. */
    private static final int LEAST = 6;
    /** Bunches that are remembered: more than are of any concern to places still taken and to what is usual. */
    private static final int MEMORY = 64;

    private static final class Bunch {
        final long from;
        long until;

        Bunch(long from, long until) {
            this.from = from;
            this.until = until;
        }
    }

    private final long[] times;
    private final Deque<Bunch> found = new ArrayDeque<>();
    private long total;
    private final long start;
    /** Answers, the older the less they count; and when that was last brought up to date. */
    private double weight;

    private long last;

    Bunches(int callsPerSecond, long now) {
        times = new long[2 * size(TIMES_REGULAR, callsPerSecond, SPAN) + 1];
        start = now;
        last = now;
    }

    /** Answers a second of late. */
    private double rate(long now) {
        weight *= Math.exp(Math.min(0, last - now) / (double) LATE);
        last = now;
        double share = 1 - Math.exp(Math.min(-1, start - now) / (double) LATE); // of all time, known so far
        return weight * WINDOW / LATE / share;
    }

    /** So many answers after one another within that time are a bunch. */
    private static int size(double times, double callsPerSecond, long span) {
        return Math.max(LEAST, (int) (times * callsPerSecond * span / WINDOW));
    }

    /** An answer came. */
    void answered(long now) {
        double rate = rate(now);
        int size = size(TIMES_REGULAR, rate, SPAN);
        int shortSize = size(TIMES_REGULAR_IN_SHORT_SPAN, rate, SHORT_SPAN);
        weight++;
        times[(int) (total++ % times.length)] = now;
        look(now, size, SPAN);
        look(now, shortSize, SHORT_SPAN);
    }

    private void look(long now, int size, long span) {
        if (total > size && size < times.length) {
            long first = times[(int) ((total - 1 - size) % times.length)];
            if (now - first < span) {
                add(first, now);
            }
        }
    }

    /** Whether an answer is so new that a bunch may still become of it. */
    static boolean mayBecomeOne(long time, long now) {
        return now - time < SPAN;
    }

    /** Whether an answer of that time was one of a bunch. */
    boolean contain(long time) {
        for (Iterator<Bunch> latestFirst = found.descendingIterator(); latestFirst.hasNext(); ) {
            Bunch bunch = latestFirst.next();
            if (time - bunch.until > 0) {
                return false;
            }
            if (time - bunch.from >= 0) {
                return true;
            }
        }
        return false;
    }

    private void add(long from, long until) {
        Bunch latest = found.peekLast();
        if (latest != null && from - latest.until <= 0) {
            latest.until = until;
            return;
        }
        found.addLast(new Bunch(from, until));
        if (found.size() > MEMORY) {
            found.removeFirst();
        }
    }
}
