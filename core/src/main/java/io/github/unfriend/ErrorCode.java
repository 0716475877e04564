/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.Collection;
import java.util.Objects;

/**
 * What {@link ResultItem#errorCode()} and the errors of refused calls give: one code of the service, or of this
 * library ({@link LocalCode}), with what it means and what to do.
 *
 * @param number the number on the wire
 * @param category how to react
 * @param meaning what happened, in a few words
 * @param advice what to do about it
 */
public record ErrorCode(int number, ErrorCategory category, String meaning, String advice) {

    /** A parameter is wrong, or an account that the text names is no friend. */
    public static final int ILLEGAL_PARAMETER = 30001;
    /** The account does not exist. */
    public static final int ACCOUNT_NOT_FOUND = 30003;
    /** A network timeout inside the service: part of the work may be done. */
    public static final int PROCESSING_TIMED_OUT = 30007;
    /** There is no such friendship. */
    public static final int NO_FRIENDSHIP = 31704;
    /** The service timed out: part of the work may be done. */
    public static final int REQUEST_TIMED_OUT = 60008;
    /** More calls than the SDKAppID may make in a second, over all APIs. */
    public static final int APP_RATE_LIMIT = 60011;

    /** Too many calls that the service refused for their UserSig: the identity is locked out for a minute. */
    public static final int LOCKED_OUT = 70050;

    /**
     * Refuses null, nothing else.
     *
     * @param number the number on the wire
     * @param category how to react
     * @param meaning what happened
     * @param advice what to do about it
     */
    public ErrorCode {
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(advice, "advice");
    }

    /**
     * Looks a number up. Never fails: a number in no table keeps its number and gets {@link ErrorCategory#UNKNOWN}.
     *
     * @param number the number on the wire
     * @return never null
     */
    public static ErrorCode of(int number) {
        return ErrorCatalogue.find(number);
    }

    /**
     * Every code with an entry of its own, by number. The range 38000 to 39000 (codes an app's own webhook makes up) is
     * known to {@link #of} only.
     *
     * @return unmodifiable
     */
    public static Collection<ErrorCode> all() {
        return ErrorCatalogue.all();
    }

    /**
     * Whether a whole call answered with this code ends a stream, see {@link ErrorCategory#isFatal()}. On a single item
     * it concerns that item only.
     *
     * @return true if no further call can succeed
     */
    public boolean isFatal() {
        return category.isFatal();
    }
}
