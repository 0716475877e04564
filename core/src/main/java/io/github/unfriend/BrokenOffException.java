/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.List;
import java.util.Objects;

/**
 * A request with one answer for all its accounts was broken off by an error that this library did not expect, such as
 * one of the user's own retry policy or pacer; that error is the cause. A stream ends with the cause itself. Has no stack
 * trace.
 */
public final class BrokenOffException extends UnfinishedException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param cause what broke it off
     * @param results what is known of the accounts of the request
     * @param withoutResult how many accounts have no result
     */
    public BrokenOffException(Throwable cause, List<ResultItem> results, long withoutResult) {
        super(
                "The request was broken off by " + cause.getClass().getSimpleName() + ", which is the cause of this.",
                Objects.requireNonNull(cause, "cause"),
                results,
                withoutResult);
    }

    @Override
    BrokenOffException copy(List<ResultItem> known, long without) {
        return new BrokenOffException(Objects.requireNonNull(getCause()), known, without);
    }
}
