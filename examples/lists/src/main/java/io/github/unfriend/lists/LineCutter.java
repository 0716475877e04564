/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts bytes that come in pieces of any size into lines. A line ends with LF, CR LF or CR. A byte order mark at the begin
 * is passed over; UTF-16 and compressed data are refused by name. Not thread-safe.
 */
public final class LineCutter {

    /** A longer line is surely none of a list, and nobody wants to keep it in memory. */
    public static final int LONGEST_LINE = 1 << 16;

    private final Consumer<? super Line> taker;
    private byte[] begun = new byte[256];
    private int length;
    private long number = 1;
    private long offset;
    private boolean afterCr;

    /**
     * A cutter at the begin of the bytes.
     *
     * @param taker is given each line, blank ones too; the next line begins when it returns
     */
    public LineCutter(Consumer<? super Line> taker) {
        this.taker = taker;
    }

    /**
     * Reads on.
     *
     * @param bytes where the next bytes are
     * @param from the first of them
     * @param to behind the last
     * @throws BadLineException if this can be no list; what the taker throws is passed on
     */
    public void take(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\n' && afterCr && i == start && length == 0) {
                afterCr = false; // CR LF is one line end
                offset++;
                start = i + 1;
            } else if (b == '\n' || b == '\r') {
                afterCr = b == '\r';
                line(bytes, start, i);
                start = i + 1;
            } else {
                afterCr = false;
            }
        }
        keep(bytes, start, to);
    }

    /**
     * There are no more bytes.
     *
     * @throws BadLineException as {@link #take}
     */
    public void finish() {
        if (length > 0) {
            handOut(begun, 0, length, false);
        }
    }

    private void line(byte[] bytes, int start, int end) {
        if (length == 0 && end - start <= LONGEST_LINE) {
            handOut(bytes, start, end, true);
        } else {
            keep(bytes, start, end);
            handOut(begun, 0, length, true);
        }
    }

    private void handOut(byte[] bytes, int from, int end, boolean terminated) {
        int start = from;
        if (offset == 0) {
            refuseOtherEncodings(bytes, from, end);
            start += startsWith(bytes, from, end, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        }
        offset += end - from + (terminated ? 1 : 0);
        Line line = new Line(bytes, start, end, number, offset, terminated);
        length = 0;
        number++;
        taker.accept(line);
    }

    private void keep(byte[] bytes, int from, int to) {
        int more = to - from;
        if (length + more > LONGEST_LINE) {
            if (offset == 0) {
                refuseOtherEncodings(length > 0 ? begun : bytes, length > 0 ? 0 : from, length > 0 ? length : to);
            }
            throw new BadLineException(number, "is longer than " + LONGEST_LINE + " bytes; a line for each is wanted");
        }
        if (length + more > begun.length) {
            begun = Arrays.copyOf(begun, Math.min(LONGEST_LINE, Math.max(2 * begun.length, length + more)));
        }
        System.arraycopy(bytes, from, begun, length, more);
        length += more;
    }

    private void refuseOtherEncodings(byte[] bytes, int from, int end) {
        if (startsWith(bytes, from, end, 0xFE, 0xFF) || startsWith(bytes, from, end, 0xFF, 0xFE)) {
            throw new BadLineException(number, "is UTF-16 text; save the list as UTF-8");
        }
        if (startsWith(bytes, from, end, 0x1F, 0x8B)) {
            throw new BadLineException(number, "is compressed; unpack the list first");
        }
    }

    private static boolean startsWith(byte[] bytes, int from, int end, int... wanted) {
        if (end - from < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if ((bytes[from + i] & 0xFF) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
