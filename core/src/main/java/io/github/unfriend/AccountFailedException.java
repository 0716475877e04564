/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import io.github.unfriend.internal.Texts;
import java.util.List;

/**
 * Ends a stream of {@code FriendGateway.stopOnError()} at the first account that failed. The results of that account
 * and of all calls that were on the wire came before this error. Has no stack trace.
 */
public final class AccountFailedException extends UnfinishedException {
    private static final long serialVersionUID = 1L;

    /** The From_Account. */
    private final String fromAccount;
    /** The To_Account. */
    private final String toAccount;
    /** The code of its result. */
    private final int resultCode;
    /** The text of its result. */
    private final String resultInfo;

    /**
     * Makes the exception.
     *
     * @param fromAccount the From_Account
     * @param toAccount the To_Account; the From_Account itself where a whole list was to be deleted
     * @param resultCode the code of its result
     * @param resultInfo the text of its result
     * @param withoutResult how many accounts were taken in and have no result
     */
    public AccountFailedException(
            String fromAccount, String toAccount, int resultCode, String resultInfo, long withoutResult) {
        this(fromAccount, toAccount, resultCode, resultInfo, List.of(), withoutResult);
    }

    private AccountFailedException(
            String fromAccount,
            String toAccount,
            int resultCode,
            String resultInfo,
            List<ResultItem> results,
            long withoutResult) {
        super(
                "The stream stops at the first account that failed: " + Texts.clean(fromAccount) + " and "
                        + Texts.clean(toAccount) + " with " + resultCode + ": "
                        + ErrorCode.of(resultCode).meaning() + ".",
                null,
                results,
                withoutResult);
        this.fromAccount = fromAccount;
        this.toAccount = toAccount;
        this.resultCode = resultCode;
        this.resultInfo = Texts.clean(resultInfo);
    }

    @Override
    AccountFailedException copy(List<ResultItem> known, long without) {
        return new AccountFailedException(fromAccount, toAccount, resultCode, resultInfo, known, without);
    }

    /**
     * Whose friend could not be deleted.
     *
     * @return the From_Account
     */
    public String fromAccount() {
        return fromAccount;
    }

    /**
     * The friend who could not be deleted.
     *
     * @return the To_Account
     */
    public String toAccount() {
        return toAccount;
    }

    /**
     * Why.
     *
     * @return its code, with meaning and category
     */
    public ErrorCode errorCode() {
        return ErrorCode.of(resultCode);
    }

    /**
     * The text of its result, as one short line.
     *
     * @return maybe empty
     */
    public String resultInfo() {
        return resultInfo;
    }
}
