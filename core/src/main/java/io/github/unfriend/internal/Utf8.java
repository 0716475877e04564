/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Tells UTF-8 from what only looks like it. */
final class Utf8 {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;
    private static final int CHARS_AT_ONCE = 1024;

    private Utf8() {}

    /**
     * Whether bytes are UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF.
     *
     * @param bytes holds the text
     * @param offset where it starts
     * @param length how many bytes it has
     * @return true if they are
     */
    static boolean isValid(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        // Most answers are ASCII from end to end: that costs next to nothing and no memory.
        while (at <= end - Long.BYTES && ((long) EIGHT_BYTES.get(bytes, at) & NOT_ASCII) == 0) {
            at += Long.BYTES;
        }
        while (at < end && bytes[at] >= 0) {
            at++;
        }
        return at == end || decodes(ByteBuffer.wrap(bytes, at, end - at));
    }

    /**
     * The same text with U+FFFD for everything that is no UTF-8. A backslash behind such a byte goes with it: in GBK and
     * Big5 it is the second half of a character, and would hide the end of the string.
     *
     * @param bytes holds the text
     * @param offset where it starts
     * @param length how many bytes it has
     * @return UTF-8
     */
    static byte[] repaired(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        return text.replace("\uFFFD\\", "\uFFFD").getBytes(StandardCharsets.UTF_8);
    }

    private static boolean decodes(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(CHARS_AT_ONCE);
        CoderResult result = decoder.decode(bytes, chars, true);
        while (result.isOverflow()) {
            chars.clear();
            result = decoder.decode(bytes, chars, true);
        }
        return result.isUnderflow();
    }
}
