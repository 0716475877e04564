/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.ErrorCategory;
import io.github.unfriend.ErrorCode;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.HttpRefusalException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.MalformedAnswerException;
import io.github.unfriend.NoAnswerException;
import io.github.unfriend.NotSentException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.internal.SecretMask;
import io.github.unfriend.reactor.AttemptFailure;
import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.internal.batch.Batch;
import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.observation.CallEnd;
import io.github.unfriend.reactor.internal.transport.Attempt;
import io.github.unfriend.reactor.internal.transport.HttpAnswer;
import io.github.unfriend.reactor.internal.transport.UserSigs.Signed;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What kind of end an attempt came to: an answer about each account, a refusal of the call, no readable answer, or no
 * request at all. Hands it to the {@link ResponseHandler} or the {@link FailureHandler}. One instance for one call.
 */
final class AttemptOutcome<T> {

    /** The service has looked at the accounts of a call that it answers with one of these. */
    private static final Set<ErrorCategory> SPEAKS_OF_ACCOUNTS = EnumSet.of(
            ErrorCategory.NOT_FRIENDS,
            ErrorCategory.BAD_REQUEST,
            ErrorCategory.NOT_FOUND,
            ErrorCategory.BUSINESS,
            ErrorCategory.CONFLICT);

    private final CallConfig config;
    private final ApiOperation operation;
    private final Batch<T> batch;
    private final FailureHandler<T> failures;
    private final Predicate<Pending<T>> isLate;
    /** As the probe gate knows it. */
    private final Object call;

    private boolean notAnswered;

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

    /** Whether the last attempt was sent and got no answer: its connection, and others that were kept, may be dead. */
    boolean wasNotAnswered() {
        return notAnswered;
    }

    /** It was answered by somebody. */
    void answered(HttpAnswer answer, Attempt attempt, boolean mayRepeat, Disposition.Builder<T> out) {
        notAnswered = false;
        if (answer.isRefusedOnTheWay()) {
            refusedOnTheWay(answer, attempt, mayRepeat, out);
            return;
        }
        OperationResponse response;
        try {
            response = operation
                    .read(answer.content(), batch.fromAccount(), batch.toAccounts())
                    .masked(mask(attempt));
        } catch (NoAnswerException | MalformedAnswerException unreadable) {
            ambiguous(unreadable, answer, attempt, mayRepeat, out);
            return;
        }
        config.budget().answered();
        if (response.code() != ErrorCode.LOCKED_OUT) {
            config.effects().gate().answered(call);
        }
        if (response.ok() || (response.code() == 0 && !response.items().isEmpty())) {
            attempt.listener().ended(CallEnd.ANSWERED, 0);
            config.refusal().accepted(call);
            batch.accepted();
            out.over();
            handle(response, decider(), batch, mayRepeat, out);
        } else if (response.code() == 0) {
            ambiguous(
                    new MalformedAnswerException("The answer says neither OK nor which error."),
                    answer,
                    attempt,
                    mayRepeat,
                    out);
        } else {
            attempt.listener().ended(CallEnd.REFUSED, response.code());
            refused(response, attempt, mayRepeat, out);
        }
    }

    private void handle(
            OperationResponse response,
            Decider decider,
            Batch<T> accounts,
            boolean mayRepeat,
            Disposition.Builder<T> out) {
        new ResponseHandler<>(config, operation, decider, accounts, isLate, mayRepeat, out).handle(response);
    }

    private Decider decider() {
        return new Decider(config, operation.api(), batch.fromAccount());
    }

    /** Accounts that the refusal names by themselves have their answer; the refusal is for the others. */
    private void refused(OperationResponse response, Attempt attempt, boolean mayRepeat, Disposition.Builder<T> out) {
        FatalRefusalException error = new FatalRefusalException(
                operation.api(), ErrorCode.of(response.code()), response.info(), response.requestId(), 0);
        AttemptFailure ofAll = failures.failure(AttemptFailure.Kind.REFUSED, response.code(), response.info());
        Batch<T> named = batch.takeIf(account -> response.items().names(account.toAccount()));
        Decider decider = decider();
        handle(response, decider, named, mayRepeat, out);
        if (SPEAKS_OF_ACCOUNTS.contains(error.errorCode().category())) { // so it accepts who calls
            config.refusal().accepted(call);
        }
        Throwable fatal = out.fatal();
        if (fatal != null) {
            out.over().abandon(batch, Settlement.reason(fatal));
        } else if (!batch.isEmpty()) {
            AttemptFailure ofOthers = failures.failure(AttemptFailure.Kind.REFUSED, response.code(), response.info());
            failures.handle(ofOthers, decider, attempt.signed(), error, mayRepeat, out);
        } else {
            out.over();
            if (decider.decide(ofAll).accounts() instanceof Decision.Stop) {
                out.fatal(error);
                if (config.refusal().refused(call, error)) {
                    out.refuseAll();
                }
            }
        }
    }

    /** Somebody in front of the service refused it: the service has not seen it. */
    private void refusedOnTheWay(HttpAnswer answer, Attempt attempt, boolean mayRepeat, Disposition.Builder<T> out) {
        attempt.listener().ended(CallEnd.REFUSED, LocalCode.HTTP_REFUSED);
        HttpRefusalException error =
                new HttpRefusalException(operation.api(), answer.refusedStatus(), answer.host(), 0);
        AttemptFailure failure = failures.failure(
                AttemptFailure.Kind.HTTP_REFUSED,
                LocalCode.HTTP_REFUSED,
                "HTTP status " + answer.refusedStatus() + " from " + answer.host(),
                answer.refusedStatus(),
                answer.retryAfter());
        failures.handle(failure, decider(), null, error, mayRepeat, out);
    }

    private static SecretMask mask(Attempt attempt) {
        Signed signed = attempt.signed();
        return new SecretMask(signed == null ? "" : signed.userSig().value());
    }

    /** It was not sent, or got no answer. */
    void failed(Throwable error, Attempt attempt, boolean mayRepeat, Disposition.Builder<T> out) {
        Error ofTheJvm = ofTheJvm(error);
        if (ofTheJvm != null) { // in a part of the user's: it would come again
            if (attempt.signed() != null) {
                batch.tried(LocalCode.NO_ANSWER, true);
            }
            out.over().fatal(ofTheJvm).abandon(batch, Settlement.reason(ofTheJvm));
        } else if (error instanceof NotSentException || error instanceof OverloadedException) {
            attempt.listener().ended(CallEnd.NOT_SENT, LocalCode.NOT_SENT);
            if (attempt.lostItsConnection() && mayRepeat) {
                out.repeatAtOnce();
            } else {
                failed(AttemptFailure.Kind.NOT_SENT, LocalCode.NOT_SENT, error, mayRepeat, out);
            }
        } else if (error instanceof UnfinishedException) { // closed, or refused
            out.over().fatal(error).abandon(batch, Settlement.reason(error));
        } else {
            notAnswered = true;
            ambiguous(error, null, attempt, mayRepeat, out);
        }
    }

    /** The transport carries it as a cause: operators do not pass on what is fatal to the JVM. */
    private static @Nullable Error ofTheJvm(Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof Error found) {
                return found;
            }
        }
        return null;
    }

    private void ambiguous(
            Throwable error,
            @Nullable HttpAnswer answer,
            Attempt attempt,
            boolean mayRepeat,
            Disposition.Builder<T> out) {
        attempt.listener().ended(CallEnd.NO_ANSWER, LocalCode.NO_ANSWER);
        AttemptFailure failure = failures.failure(
                AttemptFailure.Kind.AMBIGUOUS,
                LocalCode.NO_ANSWER,
                mask(attempt).mask(Settlement.reason(error)),
                answer == null ? 0 : answer.refusedStatus(),
                answer == null ? Duration.ZERO : answer.retryAfter());
        failures.handle(failure, decider(), null, error, mayRepeat, out);
    }

    private void failed(
            AttemptFailure.Kind kind, int code, Throwable error, boolean mayRepeat, Disposition.Builder<T> out) {
        failures.handle(failures.failure(kind, code, Settlement.reason(error)), decider(), null, error, mayRepeat, out);
    }
}
