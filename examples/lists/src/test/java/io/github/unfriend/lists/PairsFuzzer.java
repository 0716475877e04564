/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.unfriend.Friendship;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The fuzz target of the reader of pairs; knows nothing of the fuzzer, so that any test can call it. */
public final class PairsFuzzer {

    private static final JsonFactory JSON = new JsonFactory();

    private PairsFuzzer() {}

    /** Reads one list in all ways; every account must stand in it. */
    public static void fuzzerTestOneInput(byte[] list) {
        ReadList read = ReadList.of(list, FriendshipReader::ofPairs);
        if (read.friendships().isEmpty()) {
            return;
        }
        String text = new String(list, UTF_8);
        Set<String> strings = new HashSet<>();
        for (String line : text.split("[\r\n]", -1)) {
            addStrings(line, strings);
        }
        for (Friendship friendship : read.friendships()) {
            ReadList.check(stands(friendship.fromAccount(), text, strings), "a From_Account that is not in the list");
            ReadList.check(stands(friendship.toAccount(), text, strings), "a To_Account that is not in the list");
        }
    }

    /** As it is, between quotes, or as a string of JSON. */
    private static boolean stands(String account, String text, Set<String> strings) {
        return text.contains(account) || text.contains(account.replace("\"", "\"\"")) || strings.contains(account);
    }

    private static void addStrings(String line, Set<String> strings) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line.strip())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(parser.getString());
                }
            }
        } catch (JacksonException notJson) {
            // the strings before it count
        }
    }
}
