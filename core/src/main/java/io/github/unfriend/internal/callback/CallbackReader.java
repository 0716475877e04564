/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.callback;

import io.github.unfriend.CallbackRejectedException;
import io.github.unfriend.CallbackRejectedException.Reason;
import io.github.unfriend.Friendship;
import io.github.unfriend.internal.Json;
import io.github.unfriend.internal.JsonDocument;
import io.github.unfriend.internal.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the body of {@code Sns.CallbackFriendDelete}. Like the reader of answers, it skips unknown members and pairs
 * without two readable accounts. The body must be one whole JSON object that has the command and a {@code PairList}
 * exactly once; everything else is rejected. Stateless; any thread.
 */
public final class CallbackReader {
    /** The command in query and body. */
    public static final String COMMAND = "Sns.CallbackFriendDelete";

    private static final byte[] ANSWER =
            "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"\"}".getBytes(StandardCharsets.UTF_8);

    private CallbackReader() {}

    /**
     * The body to answer with, under HTTP 200. Answer within 2 seconds and do the work afterwards: the service gives up
     * then.
     *
     * @return a new array
     */
    public static byte[] answer() {
        return ANSWER.clone();
    }

    /**
     * What a body holds.
     *
     * @param removed the removed entries, in the order of {@code PairList}
     * @param requestId {@code RequestId}, if the body has one
     */
    public record Content(
            List<Friendship> removed, @Nullable String requestId) {}

    /**
     * Reads a body.
     *
     * @param body the whole body of the HTTP request
     * @param queryCommand {@code CallbackCommand} of the query, or null if it has none
     * @return what it holds
     * @throws CallbackRejectedException if it is no such callback
     */
    public static Content read(byte[] body, @Nullable String queryCommand) {
        if (queryCommand != null && !COMMAND.equals(queryCommand)) {
            throw wrongCommand();
        }
        Body members = new Body();
        try {
            JsonDocument.read(body, 0, body.length, members);
            if (!COMMAND.equals(members.command)) {
                throw wrongCommand();
            }
            if (members.removed == null) {
                throw new MalformedJsonException("has no PairList");
            }
        } catch (MalformedJsonException e) {
            throw new CallbackRejectedException(
                    Reason.MALFORMED_BODY, "The body of the callback " + e.getMessage() + ".");
        }
        return new Content(members.removed, members.requestId);
    }

    private static CallbackRejectedException wrongCommand() {
        return new CallbackRejectedException(Reason.WRONG_COMMAND, "This is another callback than " + COMMAND + ".");
    }

    /** Takes the members of the body. */
    private static final class Body implements JsonDocument.Members {
        private final Set<String> seen = new HashSet<>();
        private @Nullable String command;
        private @Nullable List<Friendship> removed;
        private @Nullable String requestId;

        @Override
        public void member(String name, JsonParser parser) throws MalformedJsonException {
            switch (name) {
                case "CallbackCommand" -> {
                    once(name);
                    command = Json.string(parser);
                }
                case "PairList" -> {
                    once(name);
                    removed = pairs(parser);
                }
                case "RequestId" -> {
                    once(name);
                    requestId = Json.string(parser);
                }
                default -> parser.skipChildren();
            }
        }

        // As in answers: with two values it is not clear which one counts.
        private void once(String name) throws MalformedJsonException {
            if (!seen.add(name)) {
                throw new MalformedJsonException("has " + name + " twice");
            }
        }

        private static List<Friendship> pairs(JsonParser parser) throws MalformedJsonException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new MalformedJsonException("has a PairList that is no list");
            }
            List<Friendship> pairs = new ArrayList<>();
            int elements = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (++elements > Json.MOST_ELEMENTS) {
                    throw new MalformedJsonException("has more than " + Json.MOST_ELEMENTS + " pairs");
                }
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    Friendship pair = new Pair().read(parser);
                    if (pair != null) {
                        pairs.add(pair);
                    }
                } else {
                    parser.skipChildren();
                }
            }
            return pairs;
        }
    }

    /** Takes the members of one element of PairList. */
    private static final class Pair implements JsonDocument.Members {
        private @Nullable String fromAccount;
        private @Nullable String toAccount;
        private boolean hasFromAccount;
        private boolean hasToAccount;
        private boolean repeated;

        @Nullable
        Friendship read(JsonParser parser) throws MalformedJsonException {
            JsonDocument.readObject(parser, this);
            return repeated || fromAccount == null || toAccount == null ? null : new Friendship(fromAccount, toAccount);
        }

        @Override
        public void member(String name, JsonParser parser) {
            switch (name) {
                case "From_Account" -> {
                    repeated |= hasFromAccount;
                    hasFromAccount = true;
                    fromAccount = Json.string(parser);
                }
                case "To_Account" -> {
                    repeated |= hasToAccount;
                    hasToAccount = true;
                    toAccount = Json.string(parser);
                }
                default -> parser.skipChildren();
            }
        }
    }
}
