/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.DeleteAllResult;
import io.github.unfriend.DeleteResult;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * How lines of friendships and results look. A line with a result is read as a friendship, too, so that the failed lines
 * of one run are the input of the next.
 */
final class JsonLines {

    private JsonLines() {}

    static void addTo(SimpleModule module) {
        module.addDeserializer(Friendship.class, new FriendshipReader());
        module.addSerializer(Friendship.class, new Writer<>(Friendship.class) {
            @Override
            void members(Friendship friendship, JsonGenerator json, SerializationContext context) {
                json.writeStringProperty("from", friendship.fromAccount());
                json.writeStringProperty("to", friendship.toAccount());
            }
        });
        module.addSerializer(ResultItem.class, new Writer<>(ResultItem.class) {
            @Override
            void members(ResultItem item, JsonGenerator json, SerializationContext context) {
                json.writeStringProperty("from", item.fromAccount());
                json.writeStringProperty("to", item.toAccount());
                result(json, item.outcome(), item.resultCode(), item.resultInfo());
            }
        });
        module.addSerializer(DeleteAllResult.class, new Writer<>(DeleteAllResult.class) {
            @Override
            void members(DeleteAllResult result, JsonGenerator json, SerializationContext context) {
                json.writeStringProperty("from", result.fromAccount());
                result(json, result.outcome(), result.errorCode(), result.errorInfo());
            }
        });
        module.addSerializer(DeleteResult.class, new Writer<>(DeleteResult.class) {
            @Override
            void members(DeleteResult result, JsonGenerator json, SerializationContext context) {
                json.writeStringProperty("from", result.fromAccount());
                json.writeName("items");
                context.writeValue(json, result.items());
            }
        });
    }

    private static void result(JsonGenerator json, Outcome outcome, int code, String info) {
        json.writeStringProperty("outcome", outcome.name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("code", code);
        json.writeStringProperty("info", info);
    }

    private abstract static class Writer<T> extends StdSerializer<T> {

        Writer(Class<T> type) {
            super(type);
        }

        abstract void members(T value, JsonGenerator json, SerializationContext context);

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) {
            json.writeStartObject(value);
            members(value, json, context);
            json.writeEndObject();
        }
    }

    /** Members other than from and to are passed over. A number is no UserID: {@code 007} would become another one. */
    private static final class FriendshipReader extends StdDeserializer<Friendship> {

        FriendshipReader() {
            super(Friendship.class);
        }

        @Override
        public Friendship deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return (Friendship) context.handleUnexpectedToken(Friendship.class, parser);
            }
            String from = null;
            String to = null;
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "from" -> from = account(name, from, value, parser, context);
                    case "to" -> to = account(name, to, value, parser, context);
                    default -> parser.skipChildren();
                }
            }
            if (from == null || to == null) {
                return context.reportInputMismatch(
                        Friendship.class, "a friendship looks like {\"from\":\"alice\",\"to\":\"bob\"}");
            }
            return new Friendship(from, to);
        }

        private static String account(
                String name,
                @Nullable String before,
                JsonToken value,
                JsonParser parser,
                DeserializationContext context) {
            if (before != null) {
                return context.reportInputMismatch(Friendship.class, "\"%s\" comes twice", name);
            }
            if (value != JsonToken.VALUE_STRING) {
                return context.reportInputMismatch(Friendship.class, "\"%s\" is no string", name);
            }
            return parser.getString();
        }
    }
}
