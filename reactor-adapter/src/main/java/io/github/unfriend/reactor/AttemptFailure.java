/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.Api;
import io.github.unfriend.ErrorCode;
import java.time.Duration;

/**
 * What a {@link RetryPolicy} is given to decide upon: one attempt that did not end well.
 *
 * @param kind what is known of it
 * @param api the API that was called
 * @param attempt how many attempts these accounts have behind them, this one included; 1 or more
 * @param alike how many of them, the last ones in a row, ended with this very code
 * @param accounts how many accounts the failure is about
 * @param code the number the service answered with, or a {@link io.github.unfriend.LocalCode} where it did not answer
 * @param info the text that came with it; may be empty
 * @param ofItem true when single items failed inside an answer, false when the whole call did
 * @param httpStatus the HTTP status, if it was another one than 200; else 0
 * @param retryAfter how long the answer's {@code Retry-After} asks to wait, at most a minute; zero if it does not
 */
public record AttemptFailure(
        Kind kind,
        Api api,
        int attempt,
        int alike,
        int accounts,
        int code,
        String info,
        boolean ofItem,
        int httpStatus,
        Duration retryAfter) {

    /**
     * A failure in which HTTP had no part.
     *
     * @param kind what is known of it
     * @param api the API that was called
     * @param attempt how many attempts these accounts have behind them, this one included; 1 or more
     * @param alike how many of them, the last ones in a row, ended with this very code
     * @param accounts how many accounts the failure is about
     * @param code the number the service answered with, or a {@link io.github.unfriend.LocalCode}
     * @param info the text that came with it; may be empty
     * @param ofItem true when single items failed inside an answer, false when the whole call did
     */
    public AttemptFailure(
            Kind kind, Api api, int attempt, int alike, int accounts, int code, String info, boolean ofItem) {
        this(kind, api, attempt, alike, accounts, code, info, ofItem, 0, Duration.ZERO);
    }

    /** What can be known of a failed attempt. */
    public enum Kind {
        /** The request surely never reached the service: DNS, connect, TLS, pool. */
        NOT_SENT,
        /** Something in front of the service refused the request with an HTTP status: the service has not seen it. */
        HTTP_REFUSED,
        /** The request left and no readable answer came: it may or may not have happened. */
        AMBIGUOUS,
        /** The service answered with an error code. */
        REFUSED
    }

    /**
     * What is known of the code.
     *
     * @return its entry in the catalogue
     */
    public ErrorCode errorCode() {
        return ErrorCode.of(code);
    }
}
