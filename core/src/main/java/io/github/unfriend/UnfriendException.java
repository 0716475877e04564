/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import org.jspecify.annotations.Nullable;

/**
 * The type to catch for every error of this library. It is a closed family: match on the type, and on {@link
 * ErrorCode#category()} where there is one, never on texts. No message ever holds a key, a UserSig or a full URL.
 */
public abstract sealed class UnfriendException extends RuntimeException
        permits InvalidRequestException,
                UnfinishedException,
                NotSentException,
                NoAnswerException,
                MalformedAnswerException,
                OverloadedException,
                CallbackRejectedException {
    private static final long serialVersionUID = 1L;

    /**
     * For the family only.
     *
     * @param message what happened and what to do
     * @param cause what led to it, if anything
     * @param withStackTrace false for what may happen on every call: the stack would be of no use and costs time
     */
    UnfriendException(String message, @Nullable Throwable cause, boolean withStackTrace) {
        super(message, cause, true, withStackTrace);
    }
}
