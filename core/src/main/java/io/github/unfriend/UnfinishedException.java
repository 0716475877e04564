/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The error of a stream or a request that ended before each of its accounts had a result. No result is lost: a stream
 * delivers its results before this error, and the error of a request that has one answer for all {@linkplain #results()
 * keeps them}. Delete the accounts without a result again when the cause is gone. Has no stack trace.
 *
 * <p>The subtypes say what ended it. An error that is none of them has as its {@linkplain #getCause() cause} one that
 * this library did not expect, such as one of your own retry policy or pacer; only a request with one answer for all
 * its accounts ends so, a stream ends with that cause itself.
 */
public sealed class UnfinishedException extends UnfriendException
        permits FatalRefusalException,
                HttpRefusalException,
                AccountFailedException,
                DeadlineExceededException,
                GatewayClosedException {
    private static final long serialVersionUID = 1L;

    /** Accounts that were taken in and have no result. */
    private final long withoutResult;

    /** Not serialised: results are for the process that asked for them. */
    private final transient List<ResultItem> results;

    /**
     * For the family only.
     *
     * @param message what happened and what to do
     * @param cause what led to it, if anything
     * @param results what is known of the accounts of a request
     * @param withoutResult how many accounts have no result
     */
    UnfinishedException(String message, @Nullable Throwable cause, List<ResultItem> results, long withoutResult) {
        super(message + without(withoutResult), cause, false);
        this.results = List.copyOf(results);
        this.withoutResult = withoutResult;
    }

    /**
     * The error of a request that an unexpected error broke off.
     *
     * @param cause what broke it off
     * @param results what is known of the accounts of the request
     * @param withoutResult how many accounts have no result; 0 or more
     * @return an error of this type and none of its subtypes
     */
    public static UnfinishedException brokenOff(Throwable cause, List<ResultItem> results, long withoutResult) {
        return new UnfinishedException(
                "The request was broken off by " + cause.getClass().getSimpleName() + ", which is the cause of this.",
                cause,
                results,
                withoutResult);
    }

    private static String without(long count) {
        if (count < 0) {
            throw new InvalidRequestException("withoutResult must not be negative: " + count);
        }
        if (count == 0) {
            return "";
        }
        return count == 1 ? " 1 account has no result." : " " + count + " accounts have no result.";
    }

    /**
     * The same, with what is known of the accounts.
     *
     * @param known results of accounts of the same request; empty for a stream, which has delivered them
     * @param without how many accounts have no result; 0 or more
     * @return a new exception of the same type
     */
    public final UnfinishedException with(List<ResultItem> known, long without) {
        UnfinishedException copy = copy(known, without);
        for (Throwable suppressed : getSuppressed()) {
            copy.addSuppressed(suppressed);
        }
        return copy;
    }

    /** Every subtype makes one of its own type. */
    UnfinishedException copy(List<ResultItem> known, long without) {
        return brokenOff(Objects.requireNonNull(getCause()), known, without);
    }

    /**
     * What is known of the accounts of a request that has one answer for all; a stream delivers them itself. Of a
     * request to delete a whole list the To_Account is the From_Account.
     *
     * @return maybe empty
     */
    @SuppressWarnings("RedundantNullCheck") // null after deserialisation
    public final List<ResultItem> results() {
        return results == null ? List.of() : results;
    }

    /**
     * How many accounts have no result: of a request, of all its distinct accounts; of a stream, of those that it had
     * taken from its source.
     *
     * @return 0 or more
     */
    public final long withoutResult() {
        return withoutResult;
    }
}
