/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import io.github.unfriend.LocalCode;
import io.github.unfriend.internal.Json;
import io.github.unfriend.internal.JsonDocument;
import io.github.unfriend.internal.MalformedJsonException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Takes the members of one answer. Used once, by one thread. */
final class EnvelopeReader implements JsonDocument.Members {
    private static final char REPLACEMENT = '\uFFFD';

    private final boolean withItems;
    private final Iterator<String> requested;
    /** The To_Account that probably comes next; null after the last one. */
    private @Nullable String expected;
    /** The last ResultInfo. */
    private String lastInfo = "";

    private final Set<String> seen = new HashSet<>();
    private final List<AnswerItem> items = new ArrayList<>();
    private @Nullable String actionStatus;
    private @Nullable Integer errorCode;
    private String errorInfo = "";
    private String errorDisplay = "";
    private @Nullable String requestId;

    EnvelopeReader(boolean withItems, Iterator<String> requested) {
        this.withItems = withItems;
        this.requested = requested;
        expectNext();
    }

    private void expectNext() {
        expected = requested.hasNext() ? requested.next() : null;
    }

    @Override
    public void member(String name, JsonParser parser) throws MalformedJsonException {
        switch (name) {
            case "ActionStatus" -> {
                once(name);
                actionStatus = Json.string(parser);
            }
            case "ErrorCode" -> {
                once(name);
                errorCode = code(parser);
            }
            case "ErrorInfo" -> {
                once(name);
                errorInfo = Json.text(parser);
            }
            case "ErrorDisplay" -> {
                once(name);
                errorDisplay = Json.text(parser);
            }
            case "RequestId" -> {
                once(name);
                requestId = Json.string(parser);
            }
            case "ResultItem" -> {
                once(name);
                resultItem(parser);
            }
            default -> parser.skipChildren();
        }
    }

    /** The library's own numbers are no codes of the service. */
    private static @Nullable Integer code(JsonParser parser) {
        Integer code = Json.integer(parser);
        return code == null || LocalCode.isLocal(code) ? null : code;
    }

    /** With a damaged name nobody can tell which account is meant. */
    private @Nullable String account(JsonParser parser) {
        String next = expected;
        if (next != null && Json.isString(parser, next)) {
            expectNext();
            return isDamaged(next) ? null : next;
        }
        String name = Json.stringOrDigits(parser);
        return name == null || isDamaged(name) ? null : name;
    }

    private static boolean isDamaged(String name) {
        return name.indexOf(REPLACEMENT) >= 0;
    }

    private String info(JsonParser parser) {
        if (!Json.isString(parser, lastInfo)) {
            lastInfo = Json.text(parser);
        }
        return lastInfo;
    }

    // With two different values nobody can tell which one the service meant.
    private void once(String name) throws MalformedJsonException {
        if (!seen.add(name)) {
            throw new MalformedJsonException("has " + name + " twice");
        }
    }

    private void resultItem(JsonParser parser) throws MalformedJsonException {
        if (!withItems || parser.currentToken() == JsonToken.VALUE_NULL) {
            parser.skipChildren();
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new MalformedJsonException("has a ResultItem that is no list");
        }
        int elements = 0;
        ItemReader reader = new ItemReader();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (++elements > Json.MOST_ELEMENTS) {
                throw new MalformedJsonException("has more than " + Json.MOST_ELEMENTS + " items");
            }
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                AnswerItem item = reader.read(parser);
                if (item != null) {
                    items.add(item);
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    String actionStatus() throws MalformedJsonException {
        if (actionStatus == null) {
            throw new MalformedJsonException("has no readable ActionStatus");
        }
        return actionStatus;
    }

    int errorCode() throws MalformedJsonException {
        if (errorCode == null) {
            throw new MalformedJsonException("has no readable ErrorCode");
        }
        return errorCode;
    }

    String errorInfo() {
        return errorInfo;
    }

    String errorDisplay() {
        return errorDisplay;
    }

    @Nullable
    String requestId() {
        return requestId;
    }

    List<AnswerItem> items() {
        return items;
    }

    /** Takes the members of one element of ResultItem after the other. */
    private final class ItemReader implements JsonDocument.Members {
        private @Nullable String toAccount;
        private @Nullable Integer resultCode;
        private String resultInfo = "";
        private boolean hasToAccount;
        private boolean hasResultCode;
        private boolean repeated;

        @Nullable
        AnswerItem read(JsonParser parser) throws MalformedJsonException {
            toAccount = null;
            resultCode = null;
            resultInfo = "";
            hasToAccount = false;
            hasResultCode = false;
            repeated = false;
            JsonDocument.readObject(parser, this);
            return repeated || toAccount == null || resultCode == null
                    ? null
                    : new AnswerItem(toAccount, resultCode, resultInfo);
        }

        @Override
        public void member(String name, JsonParser parser) {
            switch (name) {
                case "To_Account" -> {
                    repeated |= hasToAccount;
                    hasToAccount = true;
                    toAccount = account(parser);
                }
                case "ResultCode" -> {
                    repeated |= hasResultCode;
                    hasResultCode = true;
                    resultCode = code(parser);
                }
                case "ResultInfo" -> resultInfo = info(parser);
                default -> parser.skipChildren();
            }
        }
    }
}
