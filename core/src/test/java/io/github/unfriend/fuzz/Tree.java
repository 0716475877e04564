/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.fuzz;

import io.github.unfriend.internal.Texts;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A JSON object as a tree that keeps repeated members. Read by another road than the decoders: the JDK's strict UTF-8
 * decoder first, then the parser of characters instead of the one of bytes.
 *
 * @param members the values of each name, in their order: Tree, List, String, Scalar
 */
record Tree(Map<String, List<Object>> members) {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonFactory LENIENT = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,10}");

    /** A number, true, false or null, as written. */
    record Scalar(JsonToken token, String text) {}

    /** Reads a body; empty if it is anything but one JSON object in UTF-8. */
    static Optional<Tree> read(byte[] body) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        return read(FACTORY, text);
    }

    /** Reads a body whose texts may be damaged; empty if it is anything but one JSON object. */
    static Optional<Tree> readDamaged(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        boolean sound = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), body);
        return read(LENIENT, sound ? text : text.replaceAll("\uFFFD\\\\", "\uFFFD"));
    }

    private static Optional<Tree> read(JsonFactory factory, String text) {
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), withoutMark)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Tree tree = object(parser);
            return parser.nextToken() == null ? Optional.of(tree) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Tree object(JsonParser parser) {
        Map<String, List<Object>> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (Texts.hasHalfCharacter(name)) {
                // The parser of bytes, which has to look names up as UTF-8, cannot read it. No member has such a name.
                throw new StreamReadException(parser, "half a character in a name");
            }
            parser.nextToken();
            members.computeIfAbsent(name, n -> new ArrayList<>()).add(value(parser));
        }
        return new Tree(members);
    }

    private static Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(parser);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return elements;
        }
        return token == JsonToken.VALUE_STRING ? parser.getString() : new Scalar(token, parser.getString());
    }

    /** Whether one of the names stands there twice. */
    boolean repeats(String... names) {
        for (String name : names) {
            if (members.getOrDefault(name, List.of()).size() > 1) {
                return true;
            }
        }
        return false;
    }

    /** The last value of a name. */
    Optional<Object> get(String name) {
        List<Object> values = members.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    /** The value of a name if it is a string. */
    Optional<String> string(String name) {
        return get(name).filter(String.class::isInstance).map(String.class::cast);
    }

    /** The value of a name as the name of an account. */
    Optional<String> account(String name) {
        return get(name)
                .map(value -> value instanceof String string
                        ? string
                        : value instanceof Scalar scalar && scalar.token() == JsonToken.VALUE_NUMBER_INT
                                ? scalar.text()
                                : null)
                .filter(account -> !account.contains("\uFFFD"));
    }

    /** The value of a name as text for humans. */
    String text(String name) {
        return get(name)
                .map(value -> value instanceof String string
                        ? string
                        : value instanceof Scalar scalar && scalar.token() != JsonToken.VALUE_NULL ? scalar.text() : "")
                .orElse("");
    }

    /** The value of a name as a code. */
    Optional<Integer> code(String name) {
        return get(name)
                .map(value ->
                        value instanceof String string && DIGITS.matcher(string).matches()
                                ? string
                                : value instanceof Scalar scalar && scalar.token() == JsonToken.VALUE_NUMBER_INT
                                        ? scalar.text()
                                        : null)
                .map(BigInteger::new)
                .filter(number -> number.bitLength() < Integer.SIZE)
                .map(BigInteger::intValue)
                .filter(code -> code >= Integer.MIN_VALUE + 1000);
    }

    /** The objects in the list of a name; empty if it is no list. */
    Optional<List<Tree>> objects(String name) {
        return get(name)
                .filter(List.class::isInstance)
                .map(list -> ((List<?>) list)
                        .stream()
                                .filter(Tree.class::isInstance)
                                .map(Tree.class::cast)
                                .toList());
    }
}
