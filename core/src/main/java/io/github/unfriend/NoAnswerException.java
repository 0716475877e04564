/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import org.jspecify.annotations.Nullable;

/**
 * Ends a stream if its retry policy decides to stop when a call was sent and no answer of the service came (timeout,
 * reset, an HTTP status other than 200): the call may or may not have happened. Has no stack trace of its own: it may
 * happen on every call.
 */
public final class NoAnswerException extends UnfriendException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what happened; must not hold a URL with its query
     * @param cause the transport's error, if there is one
     */
    public NoAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }

    /**
     * Makes the exception where there is no cause, for example on an HTTP status other than 200.
     *
     * @param message what happened; must not hold a URL with its query
     */
    public NoAnswerException(String message) {
        this(message, null);
    }
}
