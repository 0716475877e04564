/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.LocalCode;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.internal.Texts;
import io.github.unfriend.reactor.AttemptFailure;
import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.internal.batch.Batch;
import io.github.unfriend.reactor.internal.batch.Halving;
import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.transport.UserSigs.Signed;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Puts what went wrong with one call before the retry policy and says what becomes of its accounts. One instance for one
 * call, with what it has seen so far.
 */
final class FailureHandler<T> {

    private static final Logger LOG = Loggers.getLogger("io.github.unfriend.reactor.retry");

    /** Before accounts that lost their companions go again. */
    private static final Duration REGROUP_DELAY = Duration.ofMillis(100);

    private final CallConfig config;
    private final ApiOperation operation;
    private final Batch<T> batch;
    /** Accounts for which there is no other attempt. */
    private final Predicate<Pending<T>> isLate;
    /** As the refusal latch knows it. */
    private final Object call;

    private @Nullable AttemptFailure latest;
    private @Nullable Signed expired;

    FailureHandler(
            CallConfig config, ApiOperation operation, Batch<T> batch, Predicate<Pending<T>> isLate, Object call) {
        this.config = config;
        this.operation = operation;
        this.batch = batch;
        this.isLate = isLate;
        this.call = call;
    }

    /** A failure of the whole call. */
    AttemptFailure failure(AttemptFailure.Kind kind, int code, String info) {
        return failure(kind, code, info, 0, Duration.ZERO);
    }

    /** A failure of the whole call, in which HTTP had a part. */
    AttemptFailure failure(AttemptFailure.Kind kind, int code, String info, int httpStatus, Duration retryAfter) {
        return new AttemptFailure(
                kind,
                operation.api(),
                batch.attempts() + 1,
                batch.alike(code) + 1,
                batch.size(),
                code,
                info,
                false,
                httpStatus,
                retryAfter);
    }

    /** The time of some elements was over before they left. */
    void tooLate(List<Pending<T>> elements, Disposition.Builder<T> out) {
        String late = "It was not its turn within " + config.callDeadline() + ".";
        AttemptFailure failure =
                latest != null ? latest : failure(AttemptFailure.Kind.NOT_SENT, LocalCode.NOT_SENT, late);
        elements.forEach(element -> out.giveUp(element, failure));
    }

    /**
     * An attempt failed for all accounts of the batch.
     *
     * @param failure how
     * @param decider of the answer, if there is one
     * @param used the UserSig with which the service refused it; null if it was not the service, or is not known
     * @param error what ends the stream, if the policy says so
     * @param mayRepeat false if the stream has ended
     * @param out what becomes of it
     */
    void handle(
            AttemptFailure failure,
            Decider decider,
            @Nullable Signed used,
            Throwable error,
            boolean mayRepeat,
            Disposition.Builder<T> out) {
        latest = failure;
        boolean mayHaveHappened = Settlement.mayHaveHappened(failure);
        Decision decision;
        try {
            decision = decider.decide(failure);
            LOG.debug(
                    "{}, therefore {}",
                    Texts.clean(failure.toString()),
                    decision,
                    error.getCause() == null ? error : error.getCause());
        } catch (Throwable thrown) { // by a policy or a pacer of the user's
            batch.tried(failure.code(), mayHaveHappened);
            throw thrown;
        }
        if (!(decision.accounts()
                instanceof Decision.Halve)) { // halving looks for a culprit; the others are not to blame
            batch.tried(failure.code(), mayHaveHappened);
        }
        decision.accounts().matchAccounts(new Consequence(failure, decision, used, error, mayRepeat, out));
    }

    /** One case for each kind of decision. */
    private final class Consequence implements Decision.AccountCases<Disposition.Builder<T>> {

        private final AttemptFailure failure;
        private final Decision decision;
        private final @Nullable Signed used;
        private final Throwable error;
        private final boolean mayRepeat;
        private final Disposition.Builder<T> out;

        Consequence(
                AttemptFailure failure,
                Decision decision,
                @Nullable Signed used,
                Throwable error,
                boolean mayRepeat,
                Disposition.Builder<T> out) {
            this.failure = failure;
            this.decision = decision;
            this.used = used;
            this.error = error;
            this.mayRepeat = mayRepeat;
            this.out = out;
        }

        /**
         * The budget is not asked when everybody slows down, pauses, or waits for a turn: fewer calls are made then in any
         * case, and the service that asks for that is alive.
         */
        @Override
        public Disposition.Builder<T> retry(Decision.Retry retry) {
            if (!mayRepeat) {
                return giveUp();
            }
            if (endLate()) {
                return out;
            }
            if (decision instanceof Decision.Serialize) {
                out.over().resend(batch, retry.delay(), true);
            } else {
                out.repeat(decision instanceof Decision.ForAccounts ? config.budgeted(retry.delay()) : retry.delay());
            }
            return out;
        }

        @Override
        public Disposition.Builder<T> renewUserSig(Decision.RenewUserSig renew) {
            if (!mayRepeat) {
                return giveUp();
            }
            if (used == null || (expired != null && used.number() > expired.number())) {
                return stop(); // expired again although it is new: the clock or the key is wrong
            }
            expired = used;
            config.userSigs().renew(used);
            if (!endLate()) {
                out.repeat(Duration.ZERO);
            }
            return out;
        }

        @Override
        public Disposition.Builder<T> halve(Decision.Halve halve) {
            if (batch.size() == 1 || !mayRepeat) {
                return giveUp();
            }
            Halving<T> halving = batch.beHalved();
            halving.refused(failure.code());
            out.over();
            if (halving.isHopeless()) {
                refusedTogether(batch);
                giveUpRest(halving);
            } else {
                halving.split(batch).forEach(out::hold);
            }
            return out;
        }

        private void giveUpRest(Halving<T> halving) {
            for (Batch<T> part : halving.takeAll()) {
                out.release(part);
                refusedTogether(part);
            }
        }

        private void refusedTogether(Batch<T> part) {
            String info =
                    "Every part of the batch was refused, the last one with " + failure.code() + " " + failure.info();
            AttemptFailure together = failure(failure.kind(), LocalCode.REFUSED_TOGETHER, info);
            part.accounts().forEach(account -> out.giveUp(account, together));
        }

        @Override
        public Disposition.Builder<T> giveUp(Decision.GiveUp giveUp) {
            return giveUp();
        }

        @Override
        public Disposition.Builder<T> stop(Decision.Stop stop) {
            return stop();
        }

        /** Elements whose time is over are not sent again; whether none is left. */
        private boolean endLate() {
            batch.returns();
            batch.takeOut(isLate).forEach(element -> out.giveUp(element, failure));
            if (batch.isEmpty()) {
                out.over();
            }
            return batch.isEmpty();
        }

        /** Accounts that came to this batch later than others are not given up with them. */
        private Disposition.Builder<T> giveUp() {
            if (failure.kind() == AttemptFailure.Kind.NOT_SENT) {
                config.budget().notSent();
            }
            out.over();
            Batch<T> fresher = mayRepeat ? batch.takeFresher() : Batch.empty(batch.fromAccount());
            if (!fresher.isEmpty()) {
                out.resend(fresher, config.budgeted(REGROUP_DELAY), true);
            }
            Halving<T> halving = batch.halving();
            if (halving != null && mayRepeat) {
                halving.refused(failure.code());
                if (halving.isHopeless()) {
                    giveUpRest(halving);
                }
            }
            batch.accounts().forEach(account -> out.giveUp(account, failure));
            return out;
        }

        private Disposition.Builder<T> stop() {
            if (error instanceof UnfinishedException refusal && config.refusal().refused(call, refusal)) {
                out.refuseAll();
            }
            out.over().fatal(error);
            if (failure.kind() == AttemptFailure.Kind.HTTP_REFUSED) { // nobody has seen these accounts
                batch.accounts().forEach(account -> out.giveUp(account, failure));
            } else {
                out.abandon(batch, Settlement.reason(error));
            }
            return out;
        }
    }
}
