/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.input;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The members of a result line that matter when it is read again.
 *
 * @param from the From_Account, null if there is none
 * @param to the To_Account, null if there is none
 * @param outcome the outcome as it stands there, null if there is none
 */
public record JsonLine(
        @Nullable String from,
        @Nullable String to,
        @Nullable String outcome) {

    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * Reads the current record.
     *
     * @param records stands on a line
     * @return null for a blank line
     * @throws BadInputException if it is no JSON object, or a member that matters is no string
     */
    public static @Nullable JsonLine read(ByteRecords records) {
        int start = records.start();
        while (start < records.end() && Blanks.is(records.bytes()[start])) {
            start++;
        }
        if (start == records.end()) {
            return null;
        }
        try (JsonParser parser =
                FACTORY.createParser(ObjectReadContext.empty(), records.bytes(), start, records.end() - start)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw records.bad("is no JSON object");
            }
            JsonLine line = members(parser, records);
            if (parser.nextToken() != null) {
                throw records.bad("goes on behind its JSON object");
            }
            return line;
        } catch (JacksonException e) {
            throw records.bad("is no readable JSON: " + e.getOriginalMessage());
        }
    }

    private static JsonLine members(JsonParser parser, ByteRecords records) {
        String from = null;
        String to = null;
        String outcome = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "from" -> from = string(parser, value, name, records);
                case "to" -> to = string(parser, value, name, records);
                case "outcome" -> outcome = string(parser, value, name, records);
                default -> parser.skipChildren();
            }
        }
        return new JsonLine(from, to, outcome);
    }

    private static String string(JsonParser parser, JsonToken value, String name, ByteRecords records) {
        if (value != JsonToken.VALUE_STRING) {
            throw records.bad("has a member \"" + name + "\" that is no string");
        }
        return parser.getString();
    }
}
