/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream into records without copying or decoding: lines, or CSV records whose quoted fields may hold line ends
 * (RFC 4180). A record is handed out as soon as its end was read. Blocks in {@link InputStream#read}; not thread-safe.
 */
public final class ByteRecords implements Closeable {

    /** A longer record is surely not a line of accounts. */
    static final int LONGEST = 1 << 20;

    private static final int FIRST_BUFFER = 1 << 16;

    private final InputStream in;
    private final String name;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int position;
    private int limit;
    private boolean ended;
    private long shifted;

    private int start;
    private int end;
    private boolean terminated = true;
    private long line;
    private long nextLine = 1;

    /**
     * Reads the beginning of the stream, to pass over a byte order mark and to refuse what is no text.
     *
     * @param in the stream, closed with this reader
     * @param name how messages call it
     * @throws BadInputException if it cannot be read or is UTF-16 or compressed
     */
    public ByteRecords(InputStream in, String name) {
        this.in = in;
        this.name = name;
        while (limit < 3 && !ended) {
            fill();
        }
        int first = limit < 2 ? 0 : (buffer[0] & 0xFF) << 8 | (buffer[1] & 0xFF);
        if (first == 0xFEFF || first == 0xFFFE) {
            throw new BadInputException(name + " is UTF-16 text. Save it as UTF-8.");
        }
        if (first == 0x1F8B) {
            throw new BadInputException(name + " is compressed. Unpack it, for example: zcat FILE | unfriend ... -");
        }
        if (limit >= 3 && first == 0xEFBB && (buffer[2] & 0xFF) == 0xBF) {
            position = 3;
        }
    }

    /**
     * Goes to the next line.
     *
     * @return false at the end
     */
    public boolean nextLine() {
        return next(false);
    }

    /**
     * Goes to the next CSV record.
     *
     * @return false at the end
     */
    public boolean nextCsvRecord() {
        return next(true);
    }

    private boolean next(boolean csv) {
        start = position;
        line = nextLine;
        boolean quoted = false;
        boolean atFieldStart = csv;
        int i = position;
        while (true) {
            if (i == limit) {
                int before = start;
                boolean more = fillBehind();
                i -= before - start;
                if (!more) {
                    return lastRecord(i);
                }
            }
            byte b = buffer[i++];
            if (b == '\n') {
                nextLine++;
                if (!quoted) {
                    break;
                }
            } else if (b == 0) {
                throw bad("holds a NUL byte: this is a binary file, or UTF-16 text. Accounts are read as UTF-8 text");
            } else if (csv) {
                if (b == '"' && (quoted || atFieldStart)) {
                    // A doubled quote closes and opens again; the parser of the record looks closer.
                    quoted = !quoted;
                    atFieldStart = !quoted;
                } else if (!quoted) {
                    atFieldStart = b == ',' || (atFieldStart && (b == ' ' || b == '\t'));
                }
            }
        }
        position = i;
        end = i - 1;
        if (end > start && buffer[end - 1] == '\r') {
            end--;
        }
        terminated = true;
        return true;
    }

    private boolean lastRecord(int upTo) {
        position = upTo;
        end = upTo;
        boolean some = upTo > start;
        terminated = !some;
        return some;
    }

    /** Reads more behind the record under way; false at the end of the stream. */
    private boolean fillBehind() {
        if (ended) {
            return false;
        }
        if (limit - start > LONGEST) {
            throw bad("is longer than 1 MiB, or a quoted field that begins there is not closed");
        }
        System.arraycopy(buffer, start, buffer, 0, limit - start);
        shifted += start;
        limit -= start;
        position -= start;
        start = 0;
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        return fill();
    }

    private boolean fill() {
        try {
            int read = in.read(buffer, limit, buffer.length - limit);
            ended = read < 0;
            limit += Math.max(0, read);
            return !ended;
        } catch (IOException e) {
            throw new BadInputException("Cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Looks at the first byte that is no space, tab or line end, before anything is read.
     *
     * @return the byte, or -1 if there is none
     */
    int firstByte() {
        start = position;
        int i = start;
        while (true) {
            if (i == limit) {
                i -= start;
                if (!fillBehind()) {
                    return -1;
                }
            }
            byte b = buffer[i++];
            if (!Blanks.is(b) && b != '\r' && b != '\n') {
                return b & 0xFF;
            }
        }
    }

    /**
     * The array the record is in; valid until the next one is asked for.
     *
     * @return not to be changed
     */
    public byte[] bytes() {
        return buffer;
    }

    /**
     * Where the record begins.
     *
     * @return an index into {@link #bytes}
     */
    public int start() {
        return start;
    }

    /**
     * Where the record ends, its line end left out.
     *
     * @return an index into {@link #bytes}
     */
    public int end() {
        return end;
    }

    /**
     * The number of the line the record begins on.
     *
     * @return from 1
     */
    public long line() {
        return line;
    }

    /**
     * Whether the record ends with a line end, and not with the stream.
     *
     * @return false only for the last record
     */
    public boolean terminated() {
        return terminated;
    }

    /**
     * Where in the stream the record begins.
     *
     * @return in bytes
     */
    public long offset() {
        return shifted + start;
    }

    /** A part of the record as text, strictly UTF-8: a replaced character would name another account. */
    String text(int from, int to) {
        String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, from, to - from));
            } catch (CharacterCodingException e) {
                throw bad("is not UTF-8. Save the file as UTF-8");
            }
        }
        return text;
    }

    /**
     * The exception about the record.
     *
     * @param problem follows the words 'line N', without a full stop
     * @return to be thrown
     */
    public BadInputException bad(String problem) {
        return new BadInputException("Line " + line + " of " + name + " " + problem + ".");
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException ignored) {
            // Only read from: nothing can be lost.
        }
    }
}
