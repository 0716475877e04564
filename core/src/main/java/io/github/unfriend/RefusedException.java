/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import io.github.unfriend.internal.Texts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The service answered one whole call with an error code. Has no stack trace: it may happen on every call. */
public final class RefusedException extends UnfriendException {
    private static final long serialVersionUID = 1L;

    /** The API that was called. */
    private final Api api;
    /** The number of the code; the rest is looked up. */
    private final int number;
    /** The cleaned text of the answer. */
    private final String errorInfo;
    /** What to quote to support. */
    private final @Nullable String requestId;

    /**
     * Makes the exception.
     *
     * @param api the API that was called
     * @param errorCode the code of the answer
     * @param errorInfo the text of the answer; kept as one short line
     * @param requestId the RequestId of the answer, if it had one
     */
    public RefusedException(Api api, ErrorCode errorCode, String errorInfo, @Nullable String requestId) {
        super(describe(api, errorCode, errorInfo, requestId), null, false);
        this.api = api;
        this.number = errorCode.number();
        this.errorInfo = Texts.clean(errorInfo);
        this.requestId = requestId == null ? null : Texts.clean(requestId);
    }

    static String describe(Api api, ErrorCode errorCode, String errorInfo, @Nullable String requestId) {
        Objects.requireNonNull(api, "api");
        return "The service refused " + api.command() + " with " + errorCode.number() + ": " + errorCode.meaning()
                + ". "
                + errorCode.advice()
                + (errorInfo.isBlank() ? "" : " Its text: \"" + Texts.clean(errorInfo) + "\".")
                + (requestId == null ? "" : " RequestId: " + Texts.clean(requestId) + ".");
    }

    /**
     * The API that was called.
     *
     * @return never null
     */
    public Api api() {
        return api;
    }

    /**
     * The code of the answer, with meaning and category.
     *
     * @return never null
     */
    public ErrorCode errorCode() {
        return ErrorCode.of(number);
    }

    /**
     * The text of the answer, as one short line.
     *
     * @return maybe empty, never null
     */
    public String errorInfo() {
        return errorInfo;
    }

    /**
     * What to quote to the vendor's support.
     *
     * @return null if the answer had none
     */
    public @Nullable String requestId() {
        return requestId;
    }
}
