/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.ErrorCategory;
import io.github.unfriend.ErrorCode;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.MalformedAnswerException;
import io.github.unfriend.Outcome;
import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.Failure;
import io.github.unfriend.wire.AnswerItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** Sorts the accounts of one answered batch: those that are done, and those that go again in later batches. */
final class Sorting<T> {

    /** Refusals that speak of an account, if they are about it alone; after any other nobody has looked at it. */
    private static final Set<ErrorCategory> SPEAKS_OF_AN_ACCOUNT =
            EnumSet.of(ErrorCategory.NOT_FOUND, ErrorCategory.BUSINESS);

    private static final int ILLEGAL_PARAMETER = 30001;

    /** Time ran out inside the service: part of the work may be done (30007, 60008; tencent-chat notes on partial effect). */
    private static final Set<Integer> TIME_RAN_OUT_INSIDE = Set.of(30007, 60008);

    private static final String EARLIER = "An earlier attempt got no readable answer; the last one: ";

    private final StreetConfig config;
    private final Work work;
    private final Batch<T> batch;
    private final Run<T, ?> run;
    private final Call<T> call;
    private final List<Pending<T>> again = new ArrayList<>();
    private final Map<String, Failure> failures = new HashMap<>();
    private final List<Pending<T>> undecided = new ArrayList<>();
    private final Set<Decision.Action> carriedOut = EnumSet.noneOf(Decision.Action.class);
    private Duration againAfter = Duration.ZERO;
    private @Nullable Throwable ending;

    Sorting(StreetConfig config, Work work, Batch<T> batch, Run<T, ?> run, Call<T> call) {
        this.config = config;
        this.work = work;
        this.batch = batch;
        this.run = run;
        this.call = call;
    }

    /**
     * Every account comes to its turn, whatever is decided about another one: the answer is the only one it gets.
     *
     * @return what the stream is to end with, or null if it goes on
     */
    @Nullable
    Throwable sort(Reply reply) {
        for (Pending<T> account : batch.accounts()) {
            AnswerItem item = reply.items().get(account.toAccount);
            if (item != null) {
                answered(account, item.resultCode(), item.resultInfo(), reply.requestId());
            } else {
                leftOut(account);
            }
        }
        if (!again.isEmpty()) {
            Batch<T> rest = new Batch<>(batch.fromAccount(), again);
            rest.takeOut(call::isLate).forEach(element -> end(run, element, failureOf(element)));
            if (!rest.isEmpty()) {
                run.rest(rest, againAfter.toNanos());
            }
        }
        if (ending != null) {
            ambiguousEnd(run, new Batch<>(batch.fromAccount(), undecided), Verdict.text(ending));
        }
        return ending;
    }

    private void answered(Pending<T> account, int code, String info, @Nullable String requestId) {
        switch (Outcome.of(code, info)) {
            case DELETED, NOT_FRIENDS -> run.answer(account, code, info);
            default ->
                failed(
                        account,
                        failure(Failure.Kind.REFUSED, account.trace.tried(code, false), info),
                        () -> new FatalRefusalException(work.api(), ErrorCode.of(code), info, requestId, 0));
        }
    }

    private void leftOut(Pending<T> account) {
        String info = "The answer does not name this account.";
        failed(
                account,
                failure(Failure.Kind.AMBIGUOUS, account.trace.tried(LocalCode.LEFT_OUT, true), info),
                () -> new MalformedAnswerException(info));
    }

    private Failure failureOf(Pending<T> account) {
        return Objects.requireNonNull(failures.get(account.toAccount));
    }

    private Failure failure(Failure.Kind kind, Trace tried, String info) {
        return new Failure(kind, work.api(), tried.attempts(), tried.alike(), 1, tried.code(), info, true);
    }

    private void failed(Pending<T> account, Failure failure, Supplier<Throwable> error) {
        account.trace = account.trace.tried(failure.code(), mayHaveHappened(failure));
        Decision decision;
        try {
            decision = config.policy().decide(failure);
            if (carriedOut.add(decision.action())) {
                config.consequences().of(decision, work.api(), batch.fromAccount());
            }
        } catch (Throwable thrown) { // by a policy or a pacer of the user's
            Exceptions.throwIfJvmFatal(thrown);
            undecided.add(account);
            endWith(thrown);
            return;
        }
        boolean repeat = switch (decision.action()) {
            case AGAIN, SLOW_DOWN, SLOW_DOWN_ALL, PAUSE, PAUSE_ALL, SERIALISE -> decision.again() && !call.isStopped();
            case RENEW, HALVE, GIVE_UP, STOP -> false;
        };
        if (repeat) {
            again.add(account);
            failures.put(account.toAccount, failure);
            againAfter = againAfter.compareTo(decision.delay()) > 0 ? againAfter : decision.delay();
        } else {
            end(run, account, failure);
        }
        if (decision.action() == Decision.Action.STOP) {
            endWith(error.get());
        }
    }

    private void endWith(Throwable error) {
        ending = ending == null ? error : ending;
    }

    /** Whether the accounts may be deleted although the attempt failed. */
    static boolean mayHaveHappened(Failure failure) {
        return failure.kind() == Failure.Kind.AMBIGUOUS || TIME_RAN_OUT_INSIDE.contains(failure.code());
    }

    /** A batch is given up as a whole. */
    static <T> void allEnd(Run<T, ?> run, Batch<T> batch, Failure failure) {
        for (Pending<T> account : batch.accounts()) {
            end(run, account, failure);
        }
    }

    /** A batch is not sent any more: accounts that may be deleted already end UNKNOWN, the others are discarded. */
    static <T> void ambiguousEnd(Run<T, ?> run, Batch<T> batch, String reason) {
        for (Pending<T> account : batch.accounts()) {
            ambiguousEnd(run, account, reason);
        }
    }

    static <T> void ambiguousEnd(Run<T, ?> run, Pending<T> account, String reason) {
        if (account.trace.ambiguous()) {
            run.answer(account, LocalCode.NO_ANSWER, EARLIER + reason);
        } else {
            run.discard(account);
        }
    }

    /**
     * The truth about an account that is given up: if an earlier attempt may have deleted it and the last one did not
     * look at it, nobody knows.
     */
    static <T> void end(Run<T, ?> run, Pending<T> account, Failure failure) {
        int code = failure.code();
        if (account.trace.ambiguous()
                && Outcome.of(code, failure.info()) == Outcome.FAILED
                && !speaksOfTheAccount(failure)) {
            run.answer(account, LocalCode.NO_ANSWER, EARLIER + code + " " + failure.info());
        } else {
            run.answer(account, code, failure.info());
        }
    }

    private static boolean speaksOfTheAccount(Failure failure) {
        return failure.accounts() == 1
                && (failure.code() == ILLEGAL_PARAMETER
                        || SPEAKS_OF_AN_ACCOUNT.contains(failure.errorCode().category()));
    }
}
