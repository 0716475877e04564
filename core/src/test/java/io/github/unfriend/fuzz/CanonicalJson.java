/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.unfriend.Friendship;
import io.github.unfriend.callback.FriendDeleteCallback;
import io.github.unfriend.internal.wire.AnswerItem;
import io.github.unfriend.internal.wire.FriendDeleteAnswer;
import java.util.stream.Collectors;

/**
 * Writes what was decoded as plain JSON: pure ASCII with everything else escaped, so that also half a character
 * survives, and in either order of the members.
 */
final class CanonicalJson {

    private CanonicalJson() {}

    static byte[] of(FriendDeleteAnswer answer, boolean itemsFirst) {
        String items = answer.items().stream().map(CanonicalJson::item).collect(Collectors.joining(","));
        String list = "\"ResultItem\":[" + items + "]";
        String envelope = "\"ActionStatus\":" + quoted(answer.actionStatus())
                + ",\"ErrorCode\":" + answer.errorCode()
                + ",\"ErrorInfo\":" + quoted(answer.errorInfo())
                + ",\"ErrorDisplay\":" + quoted(answer.errorDisplay())
                + (answer.requestId() == null ? "" : ",\"RequestId\":" + quoted(answer.requestId()));
        return document(list, envelope, itemsFirst);
    }

    static byte[] of(FriendDeleteCallback callback, boolean pairsFirst) {
        String pairs = callback.removed().stream().map(CanonicalJson::pair).collect(Collectors.joining(","));
        String list = "\"PairList\":[" + pairs + "]";
        String rest = "\"CallbackCommand\":" + quoted(FriendDeleteCallback.COMMAND)
                + (callback.requestId() == null ? "" : ",\"RequestId\":" + quoted(callback.requestId()));
        return document(list, rest, pairsFirst);
    }

    private static byte[] document(String list, String rest, boolean listFirst) {
        return ("{" + (listFirst ? list + "," + rest : rest + "," + list) + "}").getBytes(US_ASCII);
    }

    private static String item(AnswerItem item) {
        return "{\"To_Account\":" + quoted(item.toAccount()) + ",\"ResultCode\":\"" + item.resultCode()
                + "\",\"ResultInfo\":" + quoted(item.resultInfo()) + "}";
    }

    private static String pair(Friendship pair) {
        return "{\"To_Account\":" + quoted(pair.toAccount()) + ",\"From_Account\":" + quoted(pair.fromAccount()) + "}";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
                quoted.append(c);
            } else {
                quoted.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    quoted.append(Character.forDigit(c >> shift & 0xF, 16));
                }
            }
        }
        return quoted.append('"').toString();
    }
}
