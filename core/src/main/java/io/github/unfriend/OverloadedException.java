/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

/**
 * Ends a single deletion when too many of them wait, and a stream if its retry policy decides to stop when too many
 * calls wait for a connection; nothing was sent. Has no stack trace: it may happen on every call.
 */
public final class OverloadedException extends UnfriendException {
    private static final long serialVersionUID = 1L;

    /** How many may wait. */
    private final int limit;

    /**
     * Makes the exception.
     *
     * @param limit how many may wait
     */
    public OverloadedException(int limit) {
        super(
                "Already " + limit + " requests wait for their turn: nothing was sent for this one. Ask again later, or"
                        + " send less at a time.",
                null,
                false);
        this.limit = limit;
    }

    /**
     * How many may wait.
     *
     * @return the bound of the queue
     */
    public int limit() {
        return limit;
    }
}
