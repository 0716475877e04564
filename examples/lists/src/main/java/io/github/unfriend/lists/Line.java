/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A line without its end. To be used only while it is handed out: the bytes are the cutter's. */
public final class Line {

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final long number;
    private final long next;
    private final boolean terminated;

    Line(byte[] bytes, int start, int end, long number, long next, boolean terminated) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.number = number;
        this.next = next;
        this.terminated = terminated;
    }

    /**
     * The number of the line.
     *
     * @return from 1
     */
    public long number() {
        return number;
    }

    /**
     * Where what follows begins.
     *
     * @return bytes before it, the line end included
     */
    public long end() {
        return next;
    }

    /**
     * Whether a line end follows.
     *
     * @return false only for the last line, which may be torn
     */
    public boolean isTerminated() {
        return terminated;
    }

    /**
     * Whether nothing but spaces and tabs stand in it.
     *
     * @return true then
     */
    public boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (!isBlank(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether it begins with this character, whatever follows.
     *
     * @param c an ASCII character
     * @return false for an empty line, too
     */
    public boolean startsWith(char c) {
        return start < end && bytes[start] == c;
    }

    /**
     * The line as text.
     *
     * @return strictly UTF-8: a replaced character would name another account
     * @throws BadLineException if it is not
     */
    public String text() {
        String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            throw bad("holds a NUL byte: this is a binary file, or UTF-16 text; save the list as UTF-8");
        }
        if (text.indexOf(Characters.REPLACEMENT) >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
            } catch (CharacterCodingException e) {
                throw bad("is not UTF-8; save the list as UTF-8");
            }
        }
        return text;
    }

    /**
     * The line without the spaces and tabs around it.
     *
     * @return as {@link #text}
     */
    String trimmed() {
        String text = text();
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    /**
     * The exception about this line.
     *
     * @param problem follows the words "Line 7", without a full stop
     * @return to be thrown
     */
    public BadLineException bad(String problem) {
        return new BadLineException(number, problem);
    }
}
