/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.ErrorCode;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.MalformedAnswerException;
import io.github.unfriend.NoAnswerException;
import io.github.unfriend.NotSentException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.reactor.AttemptFailure;
import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.internal.batch.Batch;
import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.observation.CallEnd;
import io.github.unfriend.reactor.internal.transport.Attempt;
import io.github.unfriend.reactor.internal.transport.HttpAnswer;
import java.util.function.Predicate;

/**
 * What kind of end an attempt came to: an answer about each account, a refusal of the call, no readable answer, or no
 * request at all. Hands it to the {@link ResponseHandler} or the {@link FailureHandler}. One instance for one call.
 */
final class AttemptOutcome<T> {

    /** Connections that closed before the call's turn came; more than that is no accident. */
    private static final int FREE_ATTEMPTS = 10;

    private final CallConfig config;
    private final ApiOperation operation;
    private final Batch<T> batch;
    private final FailureHandler<T> failures;
    private final Predicate<Pending<T>> isLate;
    /** As the probe gate knows it. */
    private final Object call;

    private int freeAttempts;

    AttemptOutcome(
            CallConfig config,
            ApiOperation operation,
            Batch<T> batch,
            FailureHandler<T> failures,
            Predicate<Pending<T>> isLate,
            Object call) {
        this.config = config;
        this.operation = operation;
        this.batch = batch;
        this.failures = failures;
        this.isLate = isLate;
        this.call = call;
    }

    /** It was answered by somebody. */
    void answered(HttpAnswer answer, Attempt attempt, boolean mayRepeat, Disposition.Builder<T> out) {
        OperationResponse response;
        try {
            response = operation.read(answer.content(), batch.fromAccount());
        } catch (NoAnswerException | MalformedAnswerException unreadable) {
            ambiguous(unreadable, attempt, mayRepeat, out);
            return;
        }
        config.budget().answered();
        if (response.code() != ErrorCode.LOCKED_OUT) {
            config.effects().gate().answered(call);
        }
        if (response.ok() || (response.code() == 0 && !response.items().isEmpty())) {
            attempt.listener().ended(CallEnd.ANSWERED, 0);
            config.refusal().answered();
            out.over();
            handle(response, batch, mayRepeat, out);
        } else if (response.code() == 0) {
            ambiguous(
                    new MalformedAnswerException("The answer says neither OK nor which error."),
                    attempt,
                    mayRepeat,
                    out);
        } else {
            attempt.listener().ended(CallEnd.REFUSED, response.code());
            refused(response, attempt, mayRepeat, out);
        }
    }

    private void handle(OperationResponse response, Batch<T> accounts, boolean mayRepeat, Disposition.Builder<T> out) {
        new ResponseHandler<>(config, operation, accounts, isLate, mayRepeat, out).handle(response);
    }

    /** Accounts that the refusal names by themselves have their answer; the refusal is for the others. */
    private void refused(OperationResponse response, Attempt attempt, boolean mayRepeat, Disposition.Builder<T> out) {
        FatalRefusalException error = new FatalRefusalException(
                operation.api(), ErrorCode.of(response.code()), response.info(), response.requestId(), 0);
        AttemptFailure ofAll = failures.failure(AttemptFailure.Kind.REFUSED, response.code(), response.info());
        Batch<T> named = batch.takeIf(account -> response.items().containsKey(account.toAccount()));
        handle(response, named, mayRepeat, out);
        if (!named.isEmpty() && !error.errorCode().isFatal()) {
            config.refusal().answered();
        }
        Throwable fatal = out.fatal();
        if (fatal != null) {
            out.over().abandon(batch, Settlement.reason(fatal));
        } else if (!batch.isEmpty()) {
            AttemptFailure ofOthers = failures.failure(AttemptFailure.Kind.REFUSED, response.code(), response.info());
            failures.handle(ofOthers, attempt.signed(), error, mayRepeat, out);
        } else {
            out.over();
            Decision decision = config.policy().decide(ofAll);
            if (config.effects().apply(decision, operation.api(), batch.fromAccount()) instanceof Decision.Stop) {
                out.fatal(error);
            }
        }
    }

    /** It was not sent, or got no answer. */
    void failed(Throwable error, Attempt attempt, boolean mayRepeat, Disposition.Builder<T> out) {
        if (error instanceof NotSentException || error instanceof OverloadedException) {
            attempt.listener().ended(CallEnd.NOT_SENT, LocalCode.NOT_SENT);
            if (attempt.lostItsConnection() && freeAttempts++ < FREE_ATTEMPTS && mayRepeat) {
                out.repeatAtOnce();
            } else {
                failed(AttemptFailure.Kind.NOT_SENT, LocalCode.NOT_SENT, error, mayRepeat, out);
            }
        } else if (error instanceof GatewayClosedException) {
            out.over().fatal(error).abandon(batch, Settlement.reason(error));
        } else {
            ambiguous(error, attempt, mayRepeat, out);
        }
    }

    private void ambiguous(Throwable error, Attempt attempt, boolean mayRepeat, Disposition.Builder<T> out) {
        attempt.listener().ended(CallEnd.NO_ANSWER, LocalCode.NO_ANSWER);
        failed(AttemptFailure.Kind.AMBIGUOUS, LocalCode.NO_ANSWER, error, mayRepeat, out);
    }

    private void failed(
            AttemptFailure.Kind kind, int code, Throwable error, boolean mayRepeat, Disposition.Builder<T> out) {
        failures.handle(failures.failure(kind, code, Settlement.reason(error)), null, error, mayRepeat, out);
    }
}
