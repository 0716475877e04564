/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import io.github.unfriend.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Encodes result lines into a buffer and writes whole lines only. It uses no JSON library: a text of the service may
 * hold half a surrogate pair, which no library writes, and the line must be complete with it as well. Not thread-safe.
 */
final class LineEncoder {

    /** So many bytes that the system call costs little beside them. */
    private static final int FULL = 1 << 16;

    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final byte[] FROM = ascii("{\"from\":\"");
    private static final byte[] TO = ascii("\",\"to\":\"");
    private static final byte[] OUTCOME = ascii("\",\"outcome\":\"");
    private static final byte[] CODE = ascii("\",\"code\":");
    private static final byte[] INFO = ascii(",\"info\":\"");
    private static final byte[] END = ascii("\"}\n");

    private final Map<Outcome, byte[]> outcomes = new EnumMap<>(Outcome.class);
    private byte[] buffer = new byte[FULL + 4096];
    private int length;

    LineEncoder() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, ascii(ResultLine.name(outcome)));
        }
    }

    void add(ResultLine line) {
        put(FROM);
        text(line.from());
        String to = line.to();
        if (to != null) {
            put(TO);
            text(to);
        }
        put(OUTCOME);
        put(outcomes.getOrDefault(line.outcome(), END));
        put(CODE);
        put(ascii(Integer.toString(line.code())));
        put(INFO);
        text(line.info());
        put(END);
    }

    boolean isFull() {
        return length >= FULL;
    }

    void writeTo(OutputStream out) throws IOException {
        if (length > 0) {
            out.write(buffer, 0, length);
            out.flush();
            length = 0;
        }
    }

    private void text(String text) {
        int chars = text.length();
        reserve(chars * 6); // the longest form: a backslash, u and four digits
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                buffer[length++] = (byte) c;
            } else if (c == '"' || c == '\\') {
                buffer[length++] = '\\';
                buffer[length++] = (byte) c;
            } else if (c < 0x80 || ControlCharacters.is(c)) {
                escape(c); // also a line that is read on a terminal must not steer it
            } else if (!Character.isSurrogate(c)) {
                put(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            } else if (Character.isHighSurrogate(c) && i + 1 < chars && Character.isLowSurrogate(text.charAt(i + 1))) {
                put(text.substring(i, i + 2).getBytes(StandardCharsets.UTF_8));
                i++;
            } else {
                escape(c);
            }
        }
    }

    private void escape(char c) {
        buffer[length++] = '\\';
        buffer[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            buffer[length++] = HEX[c >> shift & 0xF];
        }
    }

    private void put(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void reserve(int bytes) {
        if (buffer.length - length < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
