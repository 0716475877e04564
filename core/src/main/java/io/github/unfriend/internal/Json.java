/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal;

import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;

/** The one JSON factory of the module, with bounds for what a broken or hostile peer may send. Thread-safe. */
public final class Json {
    /** The longest document read; the answer to 1,000 accounts has some 64 KiB. */
    public static final int MOST_BYTES = 4 * 1024 * 1024;
    /** The most elements read from one list; a call names at most 1,000 accounts. */
    public static final int MOST_ELEMENTS = 10_000;

    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 64;
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_STRING = 256 * 1024;
    private static final int MOST_DIGITS = 10;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(LONGEST_NAME)
                    .maxStringLength(LONGEST_STRING)
                    .maxDocumentLength(MOST_BYTES)
                    .build())
            // JSON between systems is UTF-8 (RFC 8259): what looks like UTF-16 or UTF-32 is no reason to guess.
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    /** The same for answers of the service, in whose texts control characters may stand as they are. */
    private static final JsonFactory LENIENT = FACTORY.rebuild()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private Json() {}

    /**
     * A parser over a part of an array, which is read in place.
     *
     * @param bytes the array
     * @param offset where the document starts
     * @param length how many bytes it has
     * @param lenient whether strings may hold control characters that are not escaped
     * @return a parser to close
     */
    public static JsonParser parser(byte[] bytes, int offset, int length, boolean lenient) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return (lenient ? LENIENT : FACTORY).createParser(ObjectReadContext.empty(), bytes, offset, length);
    }

    /**
     * A generator of UTF-8; closing it closes the stream.
     *
     * @param out where to write
     * @return a generator to close
     */
    public static JsonGenerator generator(OutputStream out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /**
     * Reads the current value as an int, also from a string of digits; passes over a value that is none.
     *
     * @param parser stands on the first token of the value, afterwards on its last
     * @return null if it is no whole number of 32 bits
     */
    public static @Nullable Integer integer(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getNumberType() == JsonParser.NumberType.INT ? (Integer) parser.getIntValue() : null;
        }
        if (token == JsonToken.VALUE_STRING) {
            return integer(parser.getString());
        }
        parser.skipChildren();
        return null;
    }

    private static @Nullable Integer integer(String text) {
        int digits = text.startsWith("-") ? text.length() - 1 : text.length();
        if (digits < 1 || digits > MOST_DIGITS) {
            return null;
        }
        long number = 0;
        for (int i = text.length() - digits; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            number = number * 10 + (c - '0');
        }
        number = digits < text.length() ? -number : number;
        return (int) number == number ? (Integer) (int) number : null;
    }

    /**
     * Reads the current value as text for humans: a string or any other scalar; passes over anything else.
     *
     * @param parser stands on the first token of the value, afterwards on its last
     * @return the empty text for null, an object or an array
     */
    public static String text(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL || !token.isScalarValue()) {
            parser.skipChildren();
            return "";
        }
        return parser.getString();
    }

    /**
     * Whether the current value is this string. Makes no string of it.
     *
     * @param parser stands on the value, and stays there
     * @param expected what it may be
     * @return whether it is
     */
    public static boolean isString(JsonParser parser, String expected) {
        if (parser.currentToken() != JsonToken.VALUE_STRING || parser.getStringLength() != expected.length()) {
            return false;
        }
        char[] characters = parser.getStringCharacters();
        int offset = parser.getStringOffset();
        for (int i = 0; i < expected.length(); i++) {
            if (characters[offset + i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads the current value if it is a string or a whole number, digit by digit; passes over anything else.
     *
     * @param parser stands on the first token of the value, afterwards on its last
     * @return null if it is neither
     */
    public static @Nullable String stringOrDigits(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getString() : string(parser);
    }

    /**
     * Reads the current value if it is a string; passes over anything else.
     *
     * @param parser stands on the first token of the value, afterwards on its last
     * @return null if it is no string
     */
    public static @Nullable String string(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        parser.skipChildren();
        return null;
    }
}
