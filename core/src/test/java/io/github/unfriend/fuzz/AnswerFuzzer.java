/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.fuzz;

import static io.github.unfriend.fuzz.Decoded.check;

import io.github.unfriend.internal.Json;
import io.github.unfriend.internal.Texts;
import io.github.unfriend.internal.wire.AnswerItem;
import io.github.unfriend.internal.wire.AnswerReader;
import io.github.unfriend.internal.wire.FriendDeleteAllAnswer;
import io.github.unfriend.internal.wire.FriendDeleteAnswer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JsonToken;

/** The fuzz target of {@link AnswerReader}; knows nothing of the fuzzer, so that any test can call it. */
public final class AnswerFuzzer {
    // What stands around the body in a larger buffer would change the answer if it were looked at.
    private static final byte[] AROUND = {'}', '"', '9', (byte) 0xC3};
    private static final Pattern UNFIT_FOR_A_LOG =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029]|[A-Za-z0-9*_%+/=-]{40}|(?s:.{302})");

    private AnswerFuzzer() {}

    /** Decodes one body in all ways and compares them with each other and with the reference. */
    public static void fuzzerTestOneInput(byte[] body) {
        Decoded<FriendDeleteAnswer> answer = Decoded.of(body.length, () -> AnswerReader.friendDelete(body));
        Decoded<FriendDeleteAllAnswer> all = Decoded.of(body.length, () -> AnswerReader.friendDeleteAll(body));
        byte[] larger = larger(body);
        Decoded<FriendDeleteAnswer> again =
                Decoded.of(body.length, () -> AnswerReader.friendDelete(larger, AROUND.length, body.length));
        check(answer.equals(again), "another answer from the middle of a buffer");

        Optional<Tree> tree = Tree.readDamaged(body);
        if (!answer.tooLarge()) {
            check(answer.value().equals(tree.flatMap(AnswerFuzzer::expected)), "not the answer of the reference");
        }
        if (!all.tooLarge()) {
            check(all.value().equals(tree.flatMap(AnswerFuzzer::expectedAll)), "not the all-answer of the reference");
        }
        answer.value().ifPresent(value -> checkAnswer(value, body.length));
    }

    private static byte[] larger(byte[] body) {
        byte[] larger = Arrays.copyOf(AROUND, body.length + 2 * AROUND.length);
        System.arraycopy(body, 0, larger, AROUND.length, body.length);
        System.arraycopy(AROUND, 0, larger, AROUND.length + body.length, AROUND.length);
        return larger;
    }

    private static void checkAnswer(FriendDeleteAnswer answer, int bodyLength) {
        check(answer.items().size() <= Json.MOST_ELEMENTS, "more items than the bound");
        long chars = Stream.concat(
                        Stream.of(answer.actionStatus(), answer.errorInfo(), answer.errorDisplay(), answer.requestId()),
                        answer.items().stream().flatMap(item -> Stream.of(item.toAccount(), item.resultInfo())))
                .filter(Objects::nonNull)
                .mapToLong(String::length)
                .sum();
        check(chars <= bodyLength, "more text than the body holds");
        boolean itemsFirst = bodyLength % 2 == 0;
        FriendDeleteAnswer reread = AnswerReader.friendDelete(CanonicalJson.of(answer, itemsFirst));
        check(reread.equals(answer), "written canonically, it reads otherwise");
        check(!UNFIT_FOR_A_LOG.matcher(Texts.clean(answer.errorInfo())).find(), "an ErrorInfo unfit for a log");
    }

    private static Optional<FriendDeleteAllAnswer> expectedAll(Tree tree) {
        Optional<String> actionStatus = tree.string("ActionStatus");
        Optional<Integer> errorCode = tree.code("ErrorCode");
        if (actionStatus.isEmpty()
                || errorCode.isEmpty()
                || tree.repeats("ActionStatus", "ErrorCode", "ErrorInfo", "ErrorDisplay", "RequestId", "ResultItem")) {
            return Optional.empty();
        }
        return Optional.of(new FriendDeleteAllAnswer(
                actionStatus.get(),
                errorCode.get(),
                tree.text("ErrorInfo"),
                tree.text("ErrorDisplay"),
                tree.string("RequestId").orElse(null)));
    }

    private static Optional<FriendDeleteAnswer> expected(Tree tree) {
        Optional<List<Tree>> list = tree.objects("ResultItem");
        boolean none = tree.get("ResultItem")
                .map(value -> value instanceof Tree.Scalar scalar && scalar.token() == JsonToken.VALUE_NULL)
                .orElse(true);
        if (list.isEmpty() && !none) {
            return Optional.empty();
        }
        List<AnswerItem> items = list.orElse(List.of()).stream()
                .flatMap(item -> expectedItem(item).stream())
                .toList();
        return expectedAll(tree)
                .map(all -> new FriendDeleteAnswer(
                        all.actionStatus(),
                        all.errorCode(),
                        all.errorInfo(),
                        all.errorDisplay(),
                        all.requestId(),
                        items));
    }

    private static Optional<AnswerItem> expectedItem(Tree item) {
        Optional<String> toAccount = item.account("To_Account");
        Optional<Integer> resultCode = item.code("ResultCode");
        return toAccount.isEmpty() || resultCode.isEmpty() || item.repeats("To_Account", "ResultCode")
                ? Optional.empty()
                : Optional.of(new AnswerItem(toAccount.get(), resultCode.get(), item.text("ResultInfo")));
    }
}
