/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.web;

import org.springframework.http.HttpStatus;

/** A request that cannot be served, and what to do about it. Has no stack trace: the caller is the cause. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The status of the answer. */
    private final HttpStatus status;
    /** What the problem is called, for programs. */
    private final String name;

    /**
     * Makes the exception.
     *
     * @param status the status of the answer
     * @param name what the problem is called, for programs, such as {@code too-many-deletions}
     * @param detail what is wrong and what to do about it
     */
    public ProblemException(HttpStatus status, String name, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.name = name;
    }

    /**
     * The status of the answer.
     *
     * @return 400 or more
     */
    public HttpStatus status() {
        return status;
    }

    /**
     * What the problem is called.
     *
     * @return a word for programs
     */
    public String name() {
        return name;
    }
}
