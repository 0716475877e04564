/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.internal.SecretMask;
import io.github.unfriend.internal.wire.AnswerItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A readable answer, in the one form that both APIs share.
 *
 * @param ok whether the service accepted the call as a whole
 * @param code its ErrorCode
 * @param info its ErrorInfo
 * @param requestId its RequestId, if it had one
 * @param items what it says of single accounts
 */
record OperationResponse(
        boolean ok, int code, String info, @Nullable String requestId, Map<String, AnswerItem> items) {

    /** The same without the UserSig in its texts. */
    OperationResponse masked(SecretMask mask) {
        Map<String, AnswerItem> masked = items;
        if (items.values().stream().anyMatch(item -> mask.changes(item.resultInfo()))) {
            masked = new HashMap<>(items);
            masked.replaceAll(
                    (account, item) -> new AnswerItem(account, item.resultCode(), mask.mask(item.resultInfo())));
        }
        return new OperationResponse(
                ok, code, mask.mask(info), requestId == null ? null : mask.mask(requestId), masked);
    }

    /** An answer that speaks of each account; the first word about an account counts. */
    static OperationResponse ofItems(
            boolean ok, int code, String info, @Nullable String requestId, List<AnswerItem> items) {
        Map<String, AnswerItem> byAccount = new HashMap<>(items.size() * 2);
        items.forEach(item -> byAccount.putIfAbsent(item.toAccount(), item));
        return new OperationResponse(ok, code, info, requestId, byAccount);
    }
}
