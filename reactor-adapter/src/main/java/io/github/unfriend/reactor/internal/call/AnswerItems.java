/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.internal.SecretMask;
import io.github.unfriend.internal.wire.AnswerItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of single accounts; the first word about an account counts. The service answers in the order of the
 * request, so whoever asks in that order is answered without a map. Belongs to the worker of the stream.
 */
final class AnswerItems {

    private final List<AnswerItem> items;
    /** How many were asked for in their order. None of them can be named twice before that: they are different accounts. */
    private int inOrder;

    private @Nullable Map<String, AnswerItem> byAccount;

    AnswerItems(List<AnswerItem> items) {
        this.items = items;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** What it says of an account; each account is asked for once. Null if it does not name it. */
    @Nullable
    AnswerItem of(String account) {
        if (byAccount == null && inOrder < items.size()) {
            AnswerItem next = items.get(inOrder);
            if (next.toAccount().equals(account)) {
                inOrder++;
                return next;
            }
        }
        return byAccount().get(account);
    }

    /** Whether it names the account. */
    boolean names(String account) {
        return byAccount().containsKey(account);
    }

    private Map<String, AnswerItem> byAccount() {
        Map<String, AnswerItem> map = byAccount;
        if (map == null) {
            map = new HashMap<>(items.size() * 2);
            for (AnswerItem item : items) {
                map.putIfAbsent(item.toAccount(), item);
            }
            byAccount = map;
        }
        return map;
    }

    /** The same without the UserSig in its texts. */
    AnswerItems masked(SecretMask mask) {
        return items.stream().noneMatch(item -> mask.changes(item.resultInfo()))
                ? this
                : new AnswerItems(items.stream()
                        .map(item -> new AnswerItem(item.toAccount(), item.resultCode(), mask.mask(item.resultInfo())))
                        .toList());
    }
}
