/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.fuzz;

import static io.github.unfriend.fuzz.Decoded.check;

import io.github.unfriend.Friendship;
import io.github.unfriend.callback.FriendDeleteCallback;
import io.github.unfriend.internal.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fuzz target of {@link FriendDeleteCallback#read}; knows nothing of the fuzzer, so that any test can call it. */
public final class CallbackFuzzer {
    private static final Map<String, String> QUERY =
            Map.of("CallbackCommand", FriendDeleteCallback.COMMAND, "OptPlatform", "RESTAPI", "RequestId", "Id-1");

    private CallbackFuzzer() {}

    /** Decodes one body with and without a query and compares the results with the reference. */
    public static void fuzzerTestOneInput(byte[] body) {
        Decoded<FriendDeleteCallback> callback =
                Decoded.of(body.length, () -> FriendDeleteCallback.read(body, name -> null));
        Decoded<FriendDeleteCallback> withQuery =
                Decoded.of(body.length, () -> FriendDeleteCallback.read(body.clone(), QUERY::get));
        check(callback.complaint().equals(withQuery.complaint()), "the query changes what is thought of the body");

        if (!callback.tooLarge()) {
            Optional<Tree> tree = Tree.read(body);
            check(callback.value().equals(tree.flatMap(CallbackFuzzer::expected)), "not the reference's callback");
            boolean wrongCommand = tree.filter(CallbackFuzzer::acceptable)
                    .filter(t -> !t.string("CallbackCommand").equals(Optional.of(FriendDeleteCallback.COMMAND)))
                    .isPresent();
            check(wrongCommand == callback.complaint().startsWith("WRONG_COMMAND"), "not the reference's reason");
        }
        callback.value().ifPresent(value -> checkCallback(value, withQuery.value(), body.length));
    }

    private static void checkCallback(
            FriendDeleteCallback callback, Optional<FriendDeleteCallback> withQuery, int bodyLength) {
        check(callback.removed().size() <= Json.MOST_ELEMENTS, "more pairs than the bound");
        long chars = callback.removed().stream()
                .mapToLong(
                        pair -> pair.fromAccount().length() + pair.toAccount().length())
                .sum();
        check(chars <= bodyLength, "more text than the body holds");
        check(
                withQuery.equals(Optional.of(new FriendDeleteCallback(callback.removed(), "RESTAPI", null, "Id-1"))),
                "the query changes more than its own members");
        boolean pairsFirst = bodyLength % 2 == 0;
        FriendDeleteCallback reread = FriendDeleteCallback.read(CanonicalJson.of(callback, pairsFirst), name -> null);
        check(reread.equals(callback), "written canonically, it reads otherwise");
    }

    /** Whether only the command can be wrong with it. */
    private static boolean acceptable(Tree tree) {
        boolean noList =
                tree.get("PairList").isPresent() && tree.objects("PairList").isEmpty();
        return !noList && !tree.repeats("CallbackCommand", "PairList", "RequestId");
    }

    private static Optional<FriendDeleteCallback> expected(Tree tree) {
        Optional<List<Tree>> list = tree.objects("PairList");
        if (!acceptable(tree)
                || list.isEmpty()
                || !tree.string("CallbackCommand").equals(Optional.of(FriendDeleteCallback.COMMAND))) {
            return Optional.empty();
        }
        List<Friendship> removed =
                list.get().stream().flatMap(pair -> expectedPair(pair).stream()).toList();
        return Optional.of(new FriendDeleteCallback(
                removed, null, null, tree.string("RequestId").orElse(null)));
    }

    private static Optional<Friendship> expectedPair(Tree pair) {
        Optional<String> fromAccount = pair.string("From_Account");
        Optional<String> toAccount = pair.string("To_Account");
        return fromAccount.isEmpty() || toAccount.isEmpty() || pair.repeats("From_Account", "To_Account")
                ? Optional.empty()
                : Optional.of(new Friendship(fromAccount.get(), toAccount.get()));
    }
}
