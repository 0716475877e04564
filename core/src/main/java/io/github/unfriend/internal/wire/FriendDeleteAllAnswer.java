/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code friend_delete_all}, as it came.
 *
 * @param actionStatus {@code OK} or {@code FAIL}
 * @param errorCode 0 for success
 * @param errorInfo the service's text
 * @param errorDisplay text for a client to show, empty if missing
 * @param requestId what to quote to the vendor's support, null if missing
 */
public record FriendDeleteAllAnswer(
        String actionStatus,
        int errorCode,
        String errorInfo,
        String errorDisplay,
        @Nullable String requestId) {

    /**
     * Refuses null, nothing else.
     *
     * @param actionStatus {@code OK} or {@code FAIL}
     * @param errorCode 0 for success
     * @param errorInfo the service's text
     * @param errorDisplay text for a client to show
     * @param requestId what to quote to the vendor's support
     */
    public FriendDeleteAllAnswer {
        Objects.requireNonNull(actionStatus, "actionStatus");
        Objects.requireNonNull(errorInfo, "errorInfo");
        Objects.requireNonNull(errorDisplay, "errorDisplay");
    }

    /**
     * Whether the call succeeded. Both signs must agree: {@code FAIL} with 0, or {@code OK} with another number, is no
     * success.
     *
     * @return true for {@code OK} and 0
     */
    public boolean ok() {
        return errorCode == 0 && "OK".equals(actionStatus);
    }
}
