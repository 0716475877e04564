/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import java.util.ArrayList;
import java.util.List;

/** Counts lines as they are read. One thread adds, any thread asks. */
final class LineRate {

    private static final double SECOND = 1e9;

    private final List<Piece> pieces = new ArrayList<>();

    private record Piece(long nanos, int lines) {}

    /**
     * Counts the lines that end in a piece.
     *
     * @param nanos when it was read
     * @param bytes holds the piece
     * @param length of the piece, from the first byte on
     */
    synchronized void add(long nanos, byte[] bytes, int length) {
        int lines = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                lines++;
            }
        }
        pieces.add(new Piece(nanos, lines));
    }

    synchronized boolean isEmpty() {
        return pieces.isEmpty();
    }

    /**
     * Lines a second in a half-open part of the time.
     *
     * @param from nanoseconds from the first piece on
     * @param to nanoseconds from the first piece on
     */
    synchronized double rate(long from, long to) {
        if (pieces.isEmpty() || to <= from) {
            return 0;
        }
        long first = pieces.get(0).nanos();
        long lines = pieces.stream()
                .filter(piece -> piece.nanos() - first >= from && piece.nanos() - first < to)
                .mapToLong(Piece::lines)
                .sum();
        return lines * SECOND / (to - from);
    }
}
