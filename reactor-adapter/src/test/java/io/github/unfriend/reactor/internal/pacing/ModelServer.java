/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import java.util.ArrayDeque;
import java.util.Arrays;

/** A service that counts arrivals in sliding seconds and may refuse what is too much. */
final class ModelServer {

    private final World world;
    private final boolean countsRefused;
    private final ArrayDeque<Long> window = new ArrayDeque<>();
    private int allowed;
    private long[] arrivals = new long[1024];
    private boolean[] refused = new boolean[1024];
    private int count;

    /** One that takes everything. */
    ModelServer(World world) {
        this(world, Integer.MAX_VALUE, false);
    }

    ModelServer(World world, int allowed, boolean countsRefused) {
        this.world = world;
        this.allowed = allowed;
        this.countsRefused = countsRefused;
    }

    void allow(int calls) {
        allowed = calls;
    }

    /** A call arrives now; says whether it is taken. */
    boolean arrive() {
        long now = world.now();
        while (!window.isEmpty() && now - window.getFirst() >= World.SECOND) {
            window.removeFirst();
        }
        boolean taken = window.size() < allowed;
        if (taken || countsRefused) {
            window.addLast(now);
        }
        if (count == arrivals.length) {
            arrivals = Arrays.copyOf(arrivals, 2 * count);
            refused = Arrays.copyOf(refused, 2 * count);
        }
        arrivals[count] = now;
        refused[count++] = !taken;
        return taken;
    }

    int arrivals() {
        return count;
    }

    /** The most arrivals in any half-open second: the start belongs to it, the end does not. */
    int mostInOneSecond() {
        int most = 0;
        int first = 0;
        for (int i = 0; i < count; i++) {
            while (arrivals[i] - arrivals[first] >= World.SECOND) {
                first++;
            }
            most = Math.max(most, i - first + 1);
        }
        return most;
    }

    /** Calls taken from one time on until another. */
    int taken(long from, long to) {
        return between(from, to, false);
    }

    /**
     * Calls taken in a sliding second, on average over all that lie between two times. A count between them would
     * depend on where it cuts the pattern that repeats each second; this does not.
     */
    double meanInASecond(long from, long to) {
        long span = to - World.SECOND - from;
        double covered = 0;
        for (int i = 0; i < count; i++) {
            if (!refused[i]) {
                long lastStart = Math.min(span, arrivals[i] - from);
                covered += Math.max(0, lastStart - Math.max(0, arrivals[i] - World.SECOND - from));
            }
        }
        return covered / span;
    }

    int refused(long from, long to) {
        return between(from, to, true);
    }

    private int between(long from, long to, boolean whichRefused) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (arrivals[i] >= from && arrivals[i] < to && refused[i] == whichRefused) {
                found++;
            }
        }
        return found;
    }
}
