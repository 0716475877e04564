/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import io.github.unfriend.internal.Texts;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ends a stream or a request when the service answers with a code that every further call would get as well
 * (credentials, configuration, permission, billing). No further call is made, because it could lock the app out.
 * Delete the accounts without a result again when the cause is corrected.
 */
public final class FatalRefusalException extends UnfinishedException {
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
     * @param withoutResult how many accounts were taken in and have no result; 0 or more
     */
    public FatalRefusalException(
            Api api, ErrorCode errorCode, String errorInfo, @Nullable String requestId, long withoutResult) {
        this(api, errorCode, errorInfo, requestId, List.of(), withoutResult);
    }

    private FatalRefusalException(
            Api api,
            ErrorCode errorCode,
            String errorInfo,
            @Nullable String requestId,
            List<ResultItem> results,
            long withoutResult) {
        super(describe(api, errorCode, errorInfo, requestId) + " The stream ends here.", null, results, withoutResult);
        this.api = api;
        this.number = errorCode.number();
        this.errorInfo = Texts.clean(errorInfo);
        this.requestId = requestId == null ? null : Texts.clean(requestId);
    }

    private static String describe(Api api, ErrorCode errorCode, String errorInfo, @Nullable String requestId) {
        Objects.requireNonNull(api, "api");
        return "The service refused " + api.command() + " with " + errorCode.number() + ": " + errorCode.meaning()
                + ". "
                + errorCode.advice()
                + (errorInfo.isBlank() ? "" : " Its text: \"" + Texts.clean(errorInfo) + "\".")
                + (requestId == null ? "" : " RequestId: " + Texts.clean(requestId) + ".");
    }

    @Override
    FatalRefusalException copy(List<ResultItem> known, long without) {
        return new FatalRefusalException(api, errorCode(), errorInfo, requestId, known, without);
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
