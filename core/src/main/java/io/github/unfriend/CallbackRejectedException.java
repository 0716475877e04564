/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.Objects;

/**
 * Thrown by {@link io.github.unfriend.callback.FriendDeleteCallback} when a webhook request does not come from the
 * service or is not the callback that it should be. Answer the request with an HTTP error and do nothing else. Has no
 * stack trace.
 */
public final class CallbackRejectedException extends UnfriendException {
    private static final long serialVersionUID = 1L;

    /** Why a webhook request is rejected. */
    public enum Reason {
        /** A query parameter the check needs is missing or not readable. */
        MISSING_PARAMETER,
        /** The request is for another SDKAppID. */
        WRONG_APP,
        /** {@code Sign} does not fit the token and {@code RequestTime}. */
        WRONG_SIGN,
        /** {@code RequestTime} is too far from the clock of this machine. */
        WRONG_TIME,
        /** The request is another callback than {@code Sns.CallbackFriendDelete}. */
        WRONG_COMMAND,
        /** The body is not what the callback document says. */
        MALFORMED_BODY
    }

    /** Why the request is rejected. */
    private final Reason reason;

    /**
     * Makes the exception.
     *
     * @param reason why
     * @param message what is wrong; must not hold the token or a valid signature
     */
    public CallbackRejectedException(Reason reason, String message) {
        super(message, null, false);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Why the request is rejected.
     *
     * @return never null
     */
    public Reason reason() {
        return reason;
    }
}
