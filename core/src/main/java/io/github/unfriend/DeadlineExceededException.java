/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.time.Duration;

/**
 * A stream did not end within the time that it was given. The results of all calls that were on the wire came before
 * this error. Has no stack trace.
 */
public final class DeadlineExceededException extends UnfriendException {
    private static final long serialVersionUID = 1L;

    /** How many accounts have no result. */
    private final long notAttempted;

    /**
     * Makes the exception.
     *
     * @param deadline the time it was given
     * @param notAttempted how many accounts were taken in and have no result
     */
    public DeadlineExceededException(Duration deadline, long notAttempted) {
        super(
                "The stream did not end within " + deadline + ". " + notAttempted
                        + " accounts have no result; send them again, or give it more time.",
                null,
                false);
        this.notAttempted = notAttempted;
    }

    /**
     * How many accounts were taken in and have no result.
     *
     * @return 0 or more
     */
    public long notAttempted() {
        return notAttempted;
    }
}
