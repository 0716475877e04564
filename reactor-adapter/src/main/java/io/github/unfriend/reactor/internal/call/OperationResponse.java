/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.internal.SecretMask;
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
        boolean ok, int code, String info, @Nullable String requestId, AnswerItems items) {

    /** The same without the UserSig in its texts. */
    OperationResponse masked(SecretMask mask) {
        return new OperationResponse(
                ok, code, mask.mask(info), requestId == null ? null : mask.mask(requestId), items.masked(mask));
    }
}
