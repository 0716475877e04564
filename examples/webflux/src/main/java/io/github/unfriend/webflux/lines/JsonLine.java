/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.lines;

import io.github.unfriend.Friendship;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** {@code {"from":"alice","to":"bob"}}, such as a line of results; other members are passed over. */
final class JsonLine implements LineFormat {

    private static final String WANTED = "; a line such as {\"from\":\"alice\",\"to\":\"bob\"} is wanted";
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public Friendship read(String line) throws Problem {
        String from = null;
        String to = null;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Problem("is no JSON object" + WANTED);
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "from" -> from = string(parser, value, name, from);
                    case "to" -> to = string(parser, value, name, to);
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new Problem("goes on behind its JSON object" + WANTED);
            }
        } catch (JacksonException e) {
            throw new Problem("is no readable JSON" + WANTED);
        }
        if (from == null || to == null) {
            throw new Problem("has no member \"" + (from == null ? "from" : "to") + "\"" + WANTED);
        }
        return new Friendship(from, to);
    }

    private static String string(JsonParser parser, JsonToken value, String name, @Nullable String before)
            throws Problem {
        if (value != JsonToken.VALUE_STRING) {
            throw new Problem("has a member \"" + name + "\" that is no text" + WANTED);
        }
        if (before != null) {
            throw new Problem("has the member \"" + name + "\" twice" + WANTED);
        }
        return parser.getString();
    }
}
