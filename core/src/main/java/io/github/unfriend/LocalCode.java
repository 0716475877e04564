/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

/**
 * The codes that the library itself writes into a {@link ResultItem} or {@link DeleteAllResult} where the service gave
 * none. All are negative, since the service's are positive.
 */
public final class LocalCode {
    /** The UserID is empty, too long or not encodable: the account was never sent. */
    public static final int INVALID_USER_ID = -1;
    /** The account was sent and no readable answer came: it may or may not have been deleted. */
    public static final int NO_ANSWER = -2;
    /** The answer to the call does not name this account: it may or may not have been deleted. */
    public static final int LEFT_OUT = -3;
    /** The account could not be sent within the allowed attempts: it was certainly not deleted. */
    public static final int NOT_SENT = -4;
    /** The function that names the account of an element threw or gave null: nothing was sent for this element. */
    public static final int NO_ACCOUNT = -5;

    private LocalCode() {}
}
