/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The members of an NDJSON line that matter when it is read again; others are passed over.
 *
 * @param from the From_Account, null if there is none
 * @param to the To_Account, null if there is none
 * @param outcome the outcome as it stands there, null if there is none
 */
public record ResultLine(
        @Nullable String from,
        @Nullable String to,
        @Nullable String outcome) {

    static final String WANTED = "; a line such as {\"from\":\"alice\",\"to\":\"bob\"} is wanted";

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads a line that is not blank.
     *
     * @param line the line
     * @return what it says
     * @throws BadLineException if it is no JSON object, or a member that matters is no string or comes twice
     */
    public static ResultLine read(Line line) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line.text())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw line.bad("is no JSON object" + WANTED);
            }
            ResultLine read = members(parser, line);
            if (parser.nextToken() != null) {
                throw line.bad("goes on behind its JSON object" + WANTED);
            }
            return read;
        } catch (JacksonException e) {
            throw line.bad("is no readable JSON" + WANTED);
        }
    }

    private static ResultLine members(JsonParser parser, Line line) {
        String from = null;
        String to = null;
        String outcome = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "from" -> from = string(parser, value, name, from, line);
                case "to" -> to = string(parser, value, name, to, line);
                case "outcome" -> outcome = string(parser, value, name, outcome, line);
                default -> parser.skipChildren();
            }
        }
        return new ResultLine(from, to, outcome);
    }

    private static String string(JsonParser parser, JsonToken value, String name, @Nullable String before, Line line) {
        if (value != JsonToken.VALUE_STRING) {
            throw line.bad("has a member \"" + name + "\" that is no string" + WANTED);
        }
        if (before != null) {
            throw line.bad("has the member \"" + name + "\" twice" + WANTED);
        }
        return parser.getString();
    }
}
