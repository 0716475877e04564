/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import java.io.IOException;

/** Results can be written no more: the disk is full, or the reader of the pipe has gone. */
public final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param cause what the system said
     */
    public OutputException(IOException cause) {
        super("The output cannot be written: " + cause.getMessage(), cause);
    }
}
