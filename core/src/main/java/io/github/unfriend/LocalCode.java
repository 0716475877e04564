/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

/**
 * The codes that the library itself writes into a {@link ResultItem} or {@link DeleteAllResult} where the service gave
 * none. They lie at the lower end of an int: the service uses small numbers, and may use negative ones.
 */
public final class LocalCode {
    /** The UserID is empty, too long or not encodable: the account was never sent. */
    public static final int INVALID_USER_ID = Integer.MIN_VALUE + 1;
    /** The account was sent and no readable answer came: it may or may not have been deleted. */
    public static final int NO_ANSWER = Integer.MIN_VALUE + 2;
    /** The answer to the call does not name this account: it may or may not have been deleted. */
    public static final int LEFT_OUT = Integer.MIN_VALUE + 3;
    /** The account could not be sent within the allowed attempts: it was certainly not deleted. */
    public static final int NOT_SENT = Integer.MIN_VALUE + 4;
    /** The function that names the account of an element threw or gave null: nothing was sent for this element. */
    public static final int NO_ACCOUNT = Integer.MIN_VALUE + 5;

    /** Somebody in front of the service refused the call with an HTTP status: the service has not seen the account. */
    public static final int HTTP_REFUSED = Integer.MIN_VALUE + 6;
    /**
     * The service refused the account only together with others, and so many parts of the batch alike that the
     * From_Account is to blame: nobody looked at this account.
     */
    public static final int REFUSED_TOGETHER = Integer.MIN_VALUE + 7;

    private static final int LAST = Integer.MIN_VALUE + 999;

    private LocalCode() {}

    /**
     * Whether a number lies among the library's own. The service's answers are not read if they hold such a number.
     *
     * @param code any number
     * @return true below {@code Integer.MIN_VALUE + 1000}
     */
    public static boolean isLocal(int code) {
        return code <= LAST;
    }
}
