/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Finds answers that come in a bunch. A service that works slowly answers as evenly as it was called; when everything was
 * held up, by a pause of its process or on the way, and goes on, all that has waited arrives at once, and so do the
 * answers. Their round trips tell the truth about the way there, for as long as there was silence before. Calls that were
 * sent as a burst and are answered as one are no bunch, nor is it when quick answers overlap with slow ones.
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

    private static final double TIMES_REGULAR_IN_SHORT_SPAN = 5;
    /** So many times more than were ever written in that time: what was sent as a burst is answered as one. */
    private static final double TIMES_WRITTEN = 2.2;
    /** What is regular is taken from about this long: a lull does not make it small, nor a bunch large. */
    private static final long LATE = 4 * WINDOW;
    /** Fewer are chance. */
    private static final int LEAST = 6;
    /** Bunches that are remembered: more than are of any concern to places still taken and to what is usual. */
    private static final int MEMORY = 64;
    /** So many answers in a silence do not end it. */
    private static final int STRAGGLERS = 3;
    /** Nothing was held up. */
    static final long NONE = -1;

    private static final class Bunch {
        final long silentSince;
        final long from;
        long until;

        Bunch(long silentSince, long from, long until) {
            this.silentSince = silentSince;
            this.from = from;
            this.until = until;
        }
    }

    /** Of the answers, and when their calls were written. */
    private final long[] times;

    private final long[] writes;
    private final Deque<Bunch> found = new ArrayDeque<>();
    private long total;
    private final long start;
    /** Answers, the older the less they count; and when that was last brought up to date. */
    private double weight;

    private long last;

    /** Remembers as many answers as a lane has places, and a few: more cannot come in one window for long. */
    Bunches(int callsPerSecond, long now) {
        times = new long[callsPerSecond + 2 * LEAST];
        writes = new long[times.length];
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

    /**
     * An answer came.
     *
     * @param written when its call was written
     */
    void answered(long written, long now) {
        double rate = rate(now);
        int size = size(TIMES_REGULAR, rate, SPAN);
        int shortSize = size(TIMES_REGULAR_IN_SHORT_SPAN, rate, SHORT_SPAN);
        weight++;
        int index = (int) (total++ % times.length);
        times[index] = now;
        writes[index] = written;
        look(now, size, SPAN);
        look(now, shortSize, SHORT_SPAN);
    }

    private void look(long now, int least, long span) {
        int answers = answersWithin(span, now);
        if (answers > least && answers >= TIMES_WRITTEN * mostWritten(answers, span)) {
            add(answers, now);
        }
    }

    /** How many came so lately; a window at full rate is as far as memory goes. */
    int answersWithin(long span, long now) {
        int most = (int) Math.min(total, times.length);
        int answers = 0;
        while (answers < most && now - time(answers) < span) {
            answers++;
        }
        return answers;
    }

    /** When the latest answer but so many came. */
    private long time(int before) {
        return times[(int) ((total - 1 - before) % times.length)];
    }

    /** Of the calls with the last answers, how many were written in that time at most. */
    private int mostWritten(int answers, long span) {
        long[] sorted = new long[answers];
        for (int i = 0; i < answers; i++) {
            sorted[i] = writes[(int) ((total - 1 - i) % writes.length)] - last;
        }
        Arrays.sort(sorted);
        int most = 0;
        int first = 0;
        for (int i = 0; i < answers; i++) {
            while (sorted[i] - sorted[first] >= span) {
                first++;
            }
            most = Math.max(most, i - first + 1);
        }
        return most;
    }

    /** When no bunch can become any more of an answer of that time. */
    static long certainAt(long time) {
        return time + SPAN;
    }

    /**
     * For how long at most an answer of that time was held up with others: since there was silence. What kept others
     * from being answered for a tenth of a second cannot have held up one of them for longer, whatever its round trip.
     *
     * @return nanoseconds, or {@link #NONE} for an answer that was not one of a bunch
     */
    long heldUp(long time) {
        for (Iterator<Bunch> latestFirst = found.descendingIterator(); latestFirst.hasNext(); ) {
            Bunch bunch = latestFirst.next();
            if (time - bunch.until > 0) {
                return NONE;
            }
            if (time - bunch.from >= 0) {
                return time - bunch.silentSince;
            }
        }
        return NONE;
    }

    private void add(int answers, long until) {
        long from = time(answers - 1);
        Bunch latest = found.peekLast();
        if (latest != null && from - latest.until <= 0) {
            latest.until = until;
            return;
        }
        int before = answers + STRAGGLERS;
        found.addLast(new Bunch(before < Math.min(total, times.length) ? time(before) : start, from, until));
        if (found.size() > MEMORY) {
            found.removeFirst();
        }
    }
}
