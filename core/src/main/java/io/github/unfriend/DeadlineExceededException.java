/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.time.Duration;
import java.util.List;

/**
 * Ends a stream or a request that did not end within the time given to {@code FriendGateway.deadline}. The results of
 * all calls that were on the wire came before this error. Has no stack trace.
 */
public final class DeadlineExceededException extends UnfinishedException {
    private static final long serialVersionUID = 1L;

    /** The time it was given. */
    private final Duration deadline;

    /**
     * Makes the exception.
     *
     * @param deadline the time it was given
     * @param withoutResult how many accounts were taken in and have no result
     */
    public DeadlineExceededException(Duration deadline, long withoutResult) {
        this(deadline, List.of(), withoutResult);
    }

    private DeadlineExceededException(Duration deadline, List<ResultItem> results, long withoutResult) {
        super(
                "The stream did not end within " + deadline
                        + ". Send the accounts without a result again, or give it more time.",
                null,
                results,
                withoutResult);
        this.deadline = deadline;
    }

    @Override
    DeadlineExceededException copy(List<ResultItem> known, long without) {
        return new DeadlineExceededException(deadline, known, without);
    }

    /**
     * How long it was allowed to take.
     *
     * @return the time it was given
     */
    public Duration deadline() {
        return deadline;
    }
}
