/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import java.util.Arrays;

/** The shortest round trips of a time, and what follows for the shortest possible one. Not thread-safe. */
final class ShortestTrips {

    static final int KEPT = 16;

    /** In ascending order. */
    private final long[] lengths = new long[KEPT];

    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void add(long length) {
        if (size == KEPT && length >= lengths[KEPT - 1]) {
            return;
        }
        int found = Arrays.binarySearch(lengths, 0, size, length);
        int index = found < 0 ? -found - 1 : found;
        System.arraycopy(lengths, index, lengths, index + 1, Math.min(size, KEPT - 1) - index);
        lengths[index] = length;
        size = Math.min(size + 1, KEPT);
    }

    /** These and others together. */
    ShortestTrips and(ShortestTrips others) {
        ShortestTrips all = new ShortestTrips();
        int mine = 0;
        int theirs = 0;
        while (all.size < KEPT && (mine < size || theirs < others.size)) {
            boolean isMine = theirs == others.size || (mine < size && lengths[mine] <= others.lengths[theirs]);
            all.lengths[all.size++] = isMine ? lengths[mine++] : others.lengths[theirs++];
        }
        return all;
    }

    /**
     * The shortest that was seen is a little longer than the shortest possible: by no more than twice what it is shorter
     * than the sixteenth. If round trips are as frequent near their least as elsewhere, the distances between the
     * shortest ones are alike, and the unseen one is one of them. If the way and the service vary both, they are rarer
     * there, and this fails one time in 6,000. While fewer are known nothing is known.
     *
     * @param guard the most that is taken off
     */
    long leastPossible(long guard) {
        if (size < KEPT) {
            return 0;
        }
        long doubt = Math.min(guard, 2 * (lengths[KEPT - 1] - lengths[0]));
        return Math.max(0, lengths[0] - doubt);
    }
}
