/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

/**
 * Thrown at once, by builders, requests and their like, when the input is not usable; nothing was sent. The message
 * says what to change.
 */
public final class InvalidRequestException extends UnfriendException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong and what to do; must not hold a secret
     */
    public InvalidRequestException(String message) {
        super(message, null, true);
    }
}
