/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.ErrorCode;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.MalformedAnswerException;
import io.github.unfriend.Outcome;
import io.github.unfriend.internal.wire.AnswerItem;
import io.github.unfriend.reactor.AttemptFailure;
import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.internal.batch.AttemptHistory;
import io.github.unfriend.reactor.internal.batch.Batch;
import io.github.unfriend.reactor.internal.batch.Pending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one answer says of each account of a batch: some have their results, others go again in later batches. One
 * instance for one answer.
 */
final class ResponseHandler<T> {

    private final CallConfig config;
    private final ApiOperation operation;
    private final Decider decider;
    private final Batch<T> batch;
    private final Disposition.Builder<T> out;
    /** Accounts for which there is no other attempt. */
    private final Predicate<Pending<T>> isLate;

    private final boolean mayRepeat;
    private final List<Pending<T>> again = new ArrayList<>();
    private final Map<String, AttemptFailure> failures = new HashMap<>();
    private final List<Pending<T>> undecided = new ArrayList<>();
    private Duration againAfter = Duration.ZERO;

    ResponseHandler(
            CallConfig config,
            ApiOperation operation,
            Decider decider,
            Batch<T> batch,
            Predicate<Pending<T>> isLate,
            boolean mayRepeat,
            Disposition.Builder<T> out) {
        this.config = config;
        this.operation = operation;
        this.decider = decider;
        this.batch = batch;
        this.isLate = isLate;
        this.mayRepeat = mayRepeat;
        this.out = out;
    }

    /** Every account comes to its turn, whatever is decided about another one: the answer is the only one it gets. */
    void handle(OperationResponse response) {
        for (Pending<T> account : batch.accounts()) {
            AnswerItem item = response.items().of(account.toAccount());
            if (item == null) {
                leftOut(account);
            } else if (Outcome.of(item.resultCode(), item.resultInfo()).isGone()) {
                out.settle(account, item.resultCode(), item.resultInfo());
            } else {
                refused(account, item, response.requestId());
            }
        }
        resend();
        Throwable fatal = out.fatal();
        if (fatal != null) {
            out.abandon(new Batch<>(batch.fromAccount(), undecided), Settlement.reason(fatal));
        }
    }

    private void refused(Pending<T> account, AnswerItem item, @Nullable String requestId) {
        int code = item.resultCode();
        String info = item.resultInfo();
        failed(
                account,
                failure(AttemptFailure.Kind.REFUSED, account, code, info),
                () -> new FatalRefusalException(operation.api(), ErrorCode.of(code), info, requestId, 0));
    }

    private void leftOut(Pending<T> account) {
        String info = "The answer does not name this account.";
        failed(
                account,
                failure(AttemptFailure.Kind.AMBIGUOUS, account, LocalCode.LEFT_OUT, info),
                () -> new MalformedAnswerException(info));
    }

    private AttemptFailure failure(AttemptFailure.Kind kind, Pending<T> account, int code, String info) {
        AttemptHistory tried = account.history().tried(code, false);
        return new AttemptFailure(kind, operation.api(), tried.attempts(), tried.alike(), 1, code, info, true);
    }

    private void failed(Pending<T> account, AttemptFailure failure, Supplier<Throwable> error) {
        account.tried(failure.code(), Settlement.mayHaveHappened(failure));
        Decision decision;
        try {
            decision = decider.decide(failure);
        } catch (Throwable thrown) { // by a policy or a pacer of the user's
            undecided.add(account);
            out.fatal(thrown);
            return;
        }
        decision.accounts().matchAccounts(new Consequence(account, failure, error));
    }

    /** One case for each kind of decision about an item. */
    private final class Consequence implements Decision.AccountCases<Disposition.Builder<T>> {

        private final Pending<T> account;
        private final AttemptFailure failure;
        private final Supplier<Throwable> error;

        Consequence(Pending<T> account, AttemptFailure failure, Supplier<Throwable> error) {
            this.account = account;
            this.failure = failure;
            this.error = error;
        }

        @Override
        public Disposition.Builder<T> retry(Decision.Retry retry) {
            if (!mayRepeat) {
                return giveUp();
            }
            again.add(account);
            failures.put(account.toAccount(), failure);
            againAfter = againAfter.compareTo(retry.delay()) > 0 ? againAfter : retry.delay();
            return out;
        }

        /** Its call was signed well enough to be answered. */
        @Override
        public Disposition.Builder<T> renewUserSig(Decision.RenewUserSig renew) {
            return giveUp();
        }

        @Override
        public Disposition.Builder<T> halve(Decision.Halve halve) {
            return giveUp();
        }

        @Override
        public Disposition.Builder<T> giveUp(Decision.GiveUp giveUp) {
            return giveUp();
        }

        @Override
        public Disposition.Builder<T> stop(Decision.Stop stop) {
            return giveUp().fatal(error.get());
        }

        private Disposition.Builder<T> giveUp() {
            out.giveUp(account, failure);
            return out;
        }
    }

    private void resend() {
        if (again.isEmpty()) {
            return;
        }
        Batch<T> rest = new Batch<>(batch.fromAccount(), again);
        for (Pending<T> late : rest.takeOut(isLate)) {
            out.giveUp(late, Objects.requireNonNull(failures.get(late.toAccount())));
        }
        out.resend(rest, config.budgeted(againAfter), false);
    }
}
