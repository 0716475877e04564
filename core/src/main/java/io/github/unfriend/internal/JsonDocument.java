/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal;

import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Reads a document that must be exactly one JSON object in UTF-8, whatever the bytes are. */
public final class JsonDocument {

    private JsonDocument() {}

    /** Takes the members of an object. */
    @FunctionalInterface
    public interface Members {
        /**
         * Takes one member.
         *
         * @param name its name
         * @param parser stands on the first token of the value; to be left on its last
         * @throws MalformedJsonException if the value is not acceptable
         */
        void member(String name, JsonParser parser) throws MalformedJsonException;
    }

    /**
     * Reads the whole document.
     *
     * @param bytes holds the document
     * @param offset where it starts
     * @param length how many bytes it has
     * @param members takes the members of the object
     * @throws MalformedJsonException if it is anything but one JSON object in UTF-8, or the members are not acceptable
     */
    public static void read(byte[] bytes, int offset, int length, Members members) throws MalformedJsonException {
        read(bytes, offset, length, false, members);
    }

    /**
     * Reads a document whose texts may be damaged: bytes that are no UTF-8 become U+FFFD, and control characters may
     * stand in strings as they are.
     *
     * @param bytes holds the document
     * @param offset where it starts
     * @param length how many bytes it has
     * @param members takes the members of the object
     * @throws MalformedJsonException if it is anything but one JSON object, or the members are not acceptable
     */
    public static void readDamaged(byte[] bytes, int offset, int length, Members members)
            throws MalformedJsonException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length > Json.MOST_BYTES || Utf8.isValid(bytes, offset, length)) {
            read(bytes, offset, length, true, members);
        } else {
            byte[] repaired = Utf8.repaired(bytes, offset, length);
            read(repaired, 0, repaired.length, true, members);
        }
    }

    private static void read(byte[] bytes, int offset, int length, boolean lenient, Members members)
            throws MalformedJsonException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length > Json.MOST_BYTES) {
            throw new MalformedJsonException("is longer than " + Json.MOST_BYTES + " bytes");
        }
        int mark = byteOrderMark(bytes, offset, length);
        try (JsonParser parser = Json.parser(bytes, offset + mark, length - mark, lenient)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedJsonException("is empty");
            }
            if (first != JsonToken.START_OBJECT) {
                throw new MalformedJsonException("is JSON but no object");
            }
            readObject(parser, members);
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("goes on after its end");
            }
            // The parser takes overlong forms and surrogates for characters, so that one account has many spellings.
            if (!lenient && !Utf8.isValid(bytes, offset, length)) {
                throw new MalformedJsonException("is not UTF-8");
            }
        } catch (UnexpectedEndOfInputException e) {
            throw new MalformedJsonException("is cut off after " + length + " bytes");
        } catch (StreamConstraintsException e) {
            throw new MalformedJsonException("goes beyond what a JSON document of this protocol may hold");
        } catch (JacksonException e) {
            throw new MalformedJsonException(
                    looksLikeMarkup(bytes, offset, length) ? "is HTML or XML, not JSON" : "is not JSON");
        } catch (IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException e) {
            // The parser gets arbitrary bytes: whatever it throws, the document is wrong.
            throw new MalformedJsonException("is not JSON");
        }
    }

    /**
     * Reads the members of an object.
     *
     * @param parser stands on the start of the object, afterwards on its end
     * @param members takes them
     * @throws MalformedJsonException if the members are not acceptable
     */
    public static void readObject(JsonParser parser, Members members) throws MalformedJsonException {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            members.member(name, parser);
        }
    }

    // RFC 8259 lets a reader pass over it, and the parser does not.
    private static int byteOrderMark(byte[] bytes, int offset, int length) {
        boolean has = length >= 3
                && bytes[offset] == (byte) 0xEF
                && bytes[offset + 1] == (byte) 0xBB
                && bytes[offset + 2] == (byte) 0xBF;
        return has ? 3 : 0;
    }

    private static boolean looksLikeMarkup(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] > ' ') {
                return bytes[i] == '<';
            }
        }
        return false;
    }
}
