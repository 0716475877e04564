/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.lines;

/** A line of the input is no friendship; the message says which, why, and what is wanted. Has no stack trace. */
public final class BadLineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The number of the line, from 1. */
    private final long line;

    BadLineException(long line, String problem) {
        super("Line " + line + " " + problem + ".", null, false, false);
        this.line = line;
    }

    /**
     * Which line.
     *
     * @return its number, from 1
     */
    public long line() {
        return line;
    }
}
