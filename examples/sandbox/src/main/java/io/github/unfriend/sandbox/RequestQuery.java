/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the query string of a call; names and values are case-sensitive (REST API overview). */
final class RequestQuery {

    private static final long MOST_RANDOM = 4294967295L;

    private final Map<String, List<String>> parameters;
    private final Tally tally;

    RequestQuery(QueryStringDecoder uri, Tally tally) {
        this.parameters = uri.parameters();
        this.tally = tally;
    }

    /** The code of the first objection, 0 when there is none. */
    int check(long sdkAppId, SignatureCheck signatures) {
        for (String name : parameters.keySet()) {
            if (!List.of("sdkappid", "identifier", "usersig", "random", "contenttype")
                    .contains(name)) {
                tally.violation("the query has the unknown parameter " + name);
            }
        }
        // All are looked at before the first objection counts, so that each is noted.
        @Nullable String app = one("sdkappid");
        @Nullable String identifier = one("identifier");
        @Nullable String signature = one("usersig");
        @Nullable String contentType = one("contenttype");
        checkRandom(one("random"));
        if (app == null || app.isEmpty()) {
            return Codes.NO_SDK_APP_ID;
        }
        if (!app.equals(Long.toString(sdkAppId))) {
            return Codes.NO_SUCH_APP;
        }
        if (contentType != null && !contentType.equals("json")) {
            tally.violation("contenttype is not json");
        }
        if (!"json".equals(contentType) || identifier == null || identifier.isEmpty()) {
            return Codes.WRONG_QUERY;
        }
        return signatures.check(identifier, signature == null ? "" : signature);
    }

    private @Nullable String one(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            tally.violation("the query lacks " + name);
            return null;
        }
        if (values.size() > 1) {
            tally.violation("the query has " + name + " " + values.size() + " times");
        }
        return values.get(0);
    }

    private void checkRandom(@Nullable String text) {
        if (text == null) {
            return;
        }
        long random = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
        if (random < 0 || random > MOST_RANDOM) {
            tally.violation("random is not an integer from 0 to 4294967295");
        } else if (tally.isRepeated(random)) {
            tally.violation("random " + random + " came three times; it must be fresh for each call");
        }
    }
}
