/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

/** A line is not what is wanted; the message says which line, why, and what is wanted. Has no stack trace. */
public final class BadLineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The number of the line, from 1. */
    private final long line;
    /** What follows the number. */
    private final String problem;

    BadLineException(long line, String problem) {
        super("Line " + line + " " + problem + ".", null, false, false);
        this.line = line;
        this.problem = problem;
    }

    /**
     * Which line.
     *
     * @return its number, from 1
     */
    public long line() {
        return line;
    }

    /**
     * The message, with the name of the list.
     *
     * @param name such as that of a file
     * @return a sentence
     */
    public String messageIn(String name) {
        return "Line " + line + " of " + name + " " + problem + ".";
    }
}
