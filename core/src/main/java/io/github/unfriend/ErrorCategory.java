/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

/** What {@link ErrorCode#category()} gives: the kind of trouble that a code stands for, and so how to react to it. */
public enum ErrorCategory {
    /** No trouble. */
    SUCCESS(false),
    /** There is no such friendship: the wanted state holds. */
    NOT_FRIENDS(false),
    /** The service's own trouble: the same call may well succeed a moment later. */
    TRANSIENT(false),
    /** Two writes to one account met: try again after a pause, one call at a time for that account. */
    CONFLICT(false),
    /** Too many calls: slow down, then try again. */
    RATE_LIMITED(false),
    /** The security policy filters deletions that come too often: pause clearly longer than for a rate limit. */
    SECURITY_POLICY(false),
    /** Too many wrong signatures: the service answers nothing but this for a minute. */
    LOCKED_OUT(false),
    /** The UserSig has expired: sign anew, then try again once. */
    SIGNATURE_EXPIRED(false),
    /** The UserSig or its key is wrong: no call will succeed until someone corrects it. */
    CREDENTIAL(true),
    /** App, region, host or a switch in the console is wrong: no call will succeed until someone corrects it. */
    CONFIGURATION(true),
    /** The caller may not do this: no call will succeed until someone grants it. */
    PERMISSION(true),
    /** Plan, payment or quota: no call will succeed until someone pays or a long time passes. */
    BILLING(true),
    /** The service objects to the content of this one request. */
    BAD_REQUEST(false),
    /** An account does not exist. */
    NOT_FOUND(false),
    /** A rule about one account or one friendship. */
    BUSINESS(false),
    /** Written by this library, see {@link LocalCode}. */
    LOCAL(false),
    /** In no table of the vendor: treated as final for the account, number and text are kept. */
    UNKNOWN(false);

    private final boolean fatal;

    ErrorCategory(boolean fatal) {
        this.fatal = fatal;
    }

    /**
     * Whether every further call would fail as well after a call that was answered with such a code. Further calls
     * could lock the app out (70050), so a stream ends here.
     *
     * @return true for {@link #CREDENTIAL}, {@link #CONFIGURATION}, {@link #PERMISSION} and {@link #BILLING}
     */
    public boolean isFatal() {
        return fatal;
    }
}
