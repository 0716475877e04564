/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import io.github.unfriend.internal.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The service answered with a code that every further call would get as well (credentials, configuration, permission,
 * billing): the stream ends here, since going on would only earn a lock-out. Accounts without a result before this
 * signal are to be given again once the cause is corrected.
 */
public final class FatalRefusalException extends UnfriendException {
    private static final long serialVersionUID = 1L;

    /** The API that was called. */
    private final Api api;
    /** The number of the code; the rest is looked up. */
    private final int number;
    /** The cleaned text of the answer. */
    private final String errorInfo;
    /** What to quote to support. */
    private final @Nullable String requestId;
    /** Accounts taken in and not attempted. */
    private final long notAttempted;

    /** Not serialised: results are for the process that asked for them. */
    private final transient List<ResultItem> results;

    /**
     * Makes the exception.
     *
     * @param api the API that was called
     * @param errorCode the code of the answer
     * @param errorInfo the text of the answer; kept as one short line
     * @param requestId the RequestId of the answer, if it had one
     * @param notAttempted how many accounts were taken in and not attempted; 0 or more
     */
    public FatalRefusalException(
            Api api, ErrorCode errorCode, String errorInfo, @Nullable String requestId, long notAttempted) {
        this(api, errorCode, errorInfo, requestId, notAttempted, List.of());
    }

    private FatalRefusalException(
            Api api,
            ErrorCode errorCode,
            String errorInfo,
            @Nullable String requestId,
            long notAttempted,
            List<ResultItem> results) {
        super(
                RefusedException.describe(api, errorCode, errorInfo, requestId) + " The run stops here; "
                        + accounts(notAttempted) + " not attempted.",
                null,
                false);
        this.api = api;
        this.number = errorCode.number();
        this.errorInfo = Texts.clean(errorInfo);
        this.requestId = requestId == null ? null : Texts.clean(requestId);
        this.notAttempted = notAttempted;
        this.results = List.copyOf(results);
    }

    /**
     * Makes the exception from the refusal of one call.
     *
     * @param refusal what the service answered
     * @param notAttempted how many accounts were taken in and not attempted; 0 or more
     */
    public FatalRefusalException(RefusedException refusal, long notAttempted) {
        this(refusal.api(), refusal.errorCode(), refusal.errorInfo(), refusal.requestId(), notAttempted);
    }

    private static String accounts(long notAttempted) {
        if (notAttempted < 0) {
            throw new InvalidRequestException("notAttempted must not be negative: " + notAttempted);
        }
        return notAttempted == 1 ? "1 account was" : notAttempted + " accounts were";
    }

    /**
     * The same refusal with another count.
     *
     * @param accounts how many accounts were taken in and not attempted; 0 or more
     * @return a new exception
     */
    public FatalRefusalException withNotAttempted(long accounts) {
        return copy(accounts, results());
    }

    /**
     * The same refusal with the results that came before it.
     *
     * @param known what is known of accounts of the same request
     * @return a new exception
     */
    public FatalRefusalException withResults(List<ResultItem> known) {
        return copy(notAttempted, known);
    }

    private FatalRefusalException copy(long accounts, List<ResultItem> known) {
        FatalRefusalException copy = new FatalRefusalException(api, errorCode(), errorInfo, requestId, accounts, known);
        for (Throwable suppressed : getSuppressed()) {
            copy.addSuppressed(suppressed);
        }
        return copy;
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

    /**
     * What is known of the accounts of a request that has one answer for all; a stream delivers them itself.
     *
     * @return maybe empty
     */
    @SuppressWarnings("RedundantNullCheck") // null after deserialisation
    public List<ResultItem> results() {
        return results == null ? List.of() : results;
    }

    /**
     * How many accounts were taken in and not attempted.
     *
     * @return 0 or more
     */
    public long notAttempted() {
        return notAttempted;
    }
}
