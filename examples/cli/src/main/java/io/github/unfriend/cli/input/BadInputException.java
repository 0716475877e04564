/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.input;

import org.jspecify.annotations.Nullable;

/** Something given by the user cannot be read; the message says what, where, and what to do about it. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message one or two sentences for the user
     */
    public BadInputException(String message) {
        this(message, null);
    }

    /**
     * Makes the exception.
     *
     * @param message one or two sentences for the user
     * @param cause what led to it
     */
    public BadInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
