/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import org.jspecify.annotations.Nullable;

/**
 * Ends a stream if its retry policy decides to stop when a call surely never reached the service (DNS, connect, TLS,
 * connection pool): the call certainly did not happen. Has no stack trace of its own: it may happen on every call.
 */
public final class NotSentException extends UnfriendException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what happened; must not hold a URL with its query
     * @param cause the transport's error, if there is one
     */
    public NotSentException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
