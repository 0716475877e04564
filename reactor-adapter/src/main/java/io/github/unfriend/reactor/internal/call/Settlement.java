/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.ErrorCategory;
import io.github.unfriend.ErrorCode;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.reactor.AttemptFailure;
import io.github.unfriend.reactor.internal.batch.Pending;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of one account, for each of its elements.
 *
 * @param account the first of its elements
 * @param code what the service said of it, or a {@link LocalCode}
 * @param info the text
 * @param <T> the type of the elements
 */
public record Settlement<T>(Pending<T> account, int code, String info) {

    /** Refusals that speak of an account, if they are about it alone; after any other nobody has looked at it. */
    private static final Set<ErrorCategory> SPEAKS_OF_AN_ACCOUNT =
            EnumSet.of(ErrorCategory.NOT_FOUND, ErrorCategory.BUSINESS);

    /** Time ran out inside the service: part of the work may be done (tencent-chat notes on partial effect). */
    private static final Set<Integer> TIME_RAN_OUT_INSIDE =
            Set.of(ErrorCode.PROCESSING_TIMED_OUT, ErrorCode.REQUEST_TIMED_OUT);

    private static final String EARLIER = "An earlier attempt got no readable answer; the last one: ";

    /** Whether the accounts may be deleted although the attempt failed. */
    static boolean mayHaveHappened(AttemptFailure failure) {
        return failure.kind() == AttemptFailure.Kind.AMBIGUOUS || TIME_RAN_OUT_INSIDE.contains(failure.code());
    }

    /**
     * An account is given up: its result is the failure, unless an earlier attempt may have deleted it and the last one
     * did not look at it.
     */
    static <T> Settlement<T> givenUp(Pending<T> account, AttemptFailure failure) {
        int code = failure.code();
        if (failure.accounts() > 1 && Outcome.of(code, failure.info()).isGone()) { // nobody looked at this account
            return new Settlement<>(
                    account,
                    LocalCode.REFUSED_TOGETHER,
                    "The whole call was refused with " + code + " " + failure.info());
        }
        if (account.history().ambiguous()
                && Outcome.of(code, failure.info()) == Outcome.FAILED
                && !speaksOfTheAccount(failure)) {
            return new Settlement<>(account, LocalCode.NO_ANSWER, EARLIER + code + " " + failure.info());
        }
        return new Settlement<>(account, code, failure.info());
    }

    /**
     * An account that will not be sent any more, for a reason that says nothing about it.
     *
     * @return its result if it may be deleted already; null if it has none
     */
    public static <T> @Nullable Settlement<T> unfinished(Pending<T> account, String reason) {
        return account.history().ambiguous() ? new Settlement<>(account, LocalCode.NO_ANSWER, EARLIER + reason) : null;
    }

    /** Why something ended, in words. */
    public static String reason(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }

    private static boolean speaksOfTheAccount(AttemptFailure failure) {
        return failure.accounts() == 1
                && (failure.code() == ErrorCode.ILLEGAL_PARAMETER
                        || SPEAKS_OF_AN_ACCOUNT.contains(failure.errorCode().category()));
    }
}
