/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal;

/** A document that is not what the protocol says; never leaves this module. The message does not quote the document. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong, as the end of a sentence that starts with the name of the document
     */
    public MalformedJsonException(String message) {
        super(message, null, false, false);
    }
}
