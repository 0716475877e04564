/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code friend_delete}, as it came.
 *
 * @param actionStatus {@code OK} or {@code FAIL}
 * @param errorCode 0 for success of the call; single items may have failed all the same
 * @param errorInfo the service's text; {@code "0"} on success in the document's own sample, so never test it
 * @param errorDisplay text for a client to show, empty if missing
 * @param requestId what to quote to the vendor's support, null if missing
 * @param items one for each account the service tells about, in its order; copied
 */
public record FriendDeleteAnswer(
        String actionStatus,
        int errorCode,
        String errorInfo,
        String errorDisplay,
        @Nullable String requestId,
        List<AnswerItem> items) {

    /**
     * Copies the items.
     *
     * @param actionStatus {@code OK} or {@code FAIL}
     * @param errorCode 0 for success of the call
     * @param errorInfo the service's text
     * @param errorDisplay text for a client to show
     * @param requestId what to quote to the vendor's support
     * @param items one for each account the service tells about
     */
    public FriendDeleteAnswer {
        Objects.requireNonNull(actionStatus, "actionStatus");
        Objects.requireNonNull(errorInfo, "errorInfo");
        Objects.requireNonNull(errorDisplay, "errorDisplay");
        items = List.copyOf(items);
    }

    /**
     * Whether the call as a whole succeeded. Both signs must agree: {@code FAIL} with 0, or {@code OK} with another
     * number, is no success.
     *
     * @return true for {@code OK} and 0
     */
    public boolean ok() {
        return errorCode == 0 && "OK".equals(actionStatus);
    }
}
