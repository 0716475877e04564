/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

/**
 * Ends a stream if its retry policy decides to stop when an answer is not what the protocol says (no JSON, cut off,
 * wrong types): the call may or may not have happened. The message describes the answer and never quotes it. Has no
 * stack trace: it may happen on every call.
 */
public final class MalformedAnswerException extends UnfriendException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong with the answer; must not quote it
     */
    public MalformedAnswerException(String message) {
        super(message, null, false);
    }
}
