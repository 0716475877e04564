/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The body of a call, read strictly; {@link #code} is what the vendor would object to. */
final class RequestBody {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_TO_ACCOUNTS = 1000;
    private static final int MOST_USER_ID_BYTES = 32;

    final Api api;
    final Tally tally;
    int code;
    String fromAccount = "";
    List<String> toAccounts = List.of();
    boolean both;
    private boolean typed;

    private RequestBody(Api api, Tally tally) {
        this.api = api;
        this.tally = tally;
    }

    static RequestBody read(Api api, Bytes bytes, Tally tally) {
        RequestBody body = new RequestBody(api, tally);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes.array(), 0, bytes.size())) {
            body.readObject(parser);
        } catch (JacksonException e) {
            body.refuse(Codes.WRONG_JSON, "the body is not JSON");
        }
        if (body.code == Codes.OK) {
            body.checkValues();
        }
        return body;
    }

    private void readObject(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            refuse(Codes.WRONG_JSON, "the body is not a JSON object");
            return;
        }
        Set<String> names = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (!names.add(name)) {
                tally.violation("the body has " + name + " twice");
            }
            @Nullable JsonToken token = parser.nextToken();
            if (name.equals("From_Account")) {
                fromAccount = account(parser, token, name);
            } else if (name.equals("DeleteType")) {
                readDeleteType(token == JsonToken.VALUE_STRING ? parser.getString() : "");
            } else if (name.equals("To_Account") && api == Api.FRIEND_DELETE) {
                readToAccounts(parser, token);
            } else {
                tally.violation("the body has the unknown member " + name);
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            refuse(Codes.WRONG_JSON, "the body goes on after its end");
        }
    }

    private void readDeleteType(String type) {
        typed = true;
        both = type.equals("Delete_Type_Both");
        if (!both && !type.equals("Delete_Type_Single")) {
            refuse(Codes.WRONG_PARAMETER, "DeleteType is neither Delete_Type_Single nor Delete_Type_Both");
        }
    }

    private void readToAccounts(JsonParser parser, @Nullable JsonToken token) {
        if (token != JsonToken.START_ARRAY) {
            refuse(Codes.WRONG_PARAMETER, "To_Account is not an array");
            parser.skipChildren();
            return;
        }
        toAccounts = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            toAccounts.add(account(parser, next, "To_Account"));
        }
    }

    private String account(JsonParser parser, @Nullable JsonToken token, String where) {
        if (token == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        refuse(Codes.ACCOUNT_NOT_TEXT, where + " holds an account that is not a string");
        parser.skipChildren();
        return "";
    }

    private void checkValues() {
        if (!typed) {
            tally.note("DeleteType is missing; it is optional, but its default is documented for one API only");
        }
        if (fromAccount.isEmpty()) {
            refuse(Codes.WRONG_PARAMETER, "From_Account is missing or empty");
        } else {
            checkUserId(fromAccount);
        }
        if (api == Api.FRIEND_DELETE) {
            tally.listed(toAccounts.size());
            if (toAccounts.isEmpty()) {
                refuse(Codes.WRONG_PARAMETER, "To_Account is missing or empty");
            } else if (toAccounts.size() > MOST_TO_ACCOUNTS) {
                refuse(Codes.WRONG_PARAMETER, toAccounts.size() + " To_Accounts in one call, more than 1,000");
            }
            Set<String> distinct = new HashSet<>(toAccounts.size() * 4 / 3 + 1);
            for (String account : toAccounts) {
                checkUserId(account);
                if (!distinct.add(account)) {
                    tally.violation("To_Account holds " + shown(account) + " twice");
                }
            }
            if (distinct.contains(fromAccount)) {
                tally.violation("To_Account holds From_Account " + shown(fromAccount));
            }
        }
    }

    private void checkUserId(String id) {
        if (id.isEmpty()) {
            tally.violation("a UserID is empty");
        } else if (id.length() * 3 > MOST_USER_ID_BYTES
                && id.getBytes(StandardCharsets.UTF_8).length > MOST_USER_ID_BYTES) {
            tally.violation("a UserID is longer than 32 bytes: " + shown(id));
        }
    }

    /** The first objection decides the code; each is a violation. */
    private void refuse(int why, String text) {
        tally.violation(text);
        if (code == Codes.OK) {
            code = why;
        }
    }

    private static String shown(String id) {
        return id.length() > 64 ? id.substring(0, 64) + "..." : id;
    }
}
