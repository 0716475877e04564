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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** Sorts the accounts of one answered batch: those that are done, and those that go again in later batches. */
final class Sorting<R> {

    /** Refusals that speak of an account, if they are about it alone; after any other nobody has looked at it. */
    private static final Set<ErrorCategory> SPEAKS_OF_AN_ACCOUNT =
            EnumSet.of(ErrorCategory.NOT_FOUND, ErrorCategory.BUSINESS);

    private static final int ILLEGAL_PARAMETER = 30001;

    /** Time ran out inside the service: part of the work may be done (30007, 60008; tencent-chat notes on partial effect). */
    private static final Set<Integer> TIME_RAN_OUT_INSIDE = Set.of(30007, 60008);

    private static final String EARLIER = "An earlier attempt got no readable answer; the last one: ";

    private final StreetConfig config;
    private final Work<R> work;
    private final Batch batch;
    private final Run<R> run;
    private final boolean last;
    private final Map<String, Trace> again = new LinkedHashMap<>();
    private final Map<String, Trace> undecided = new LinkedHashMap<>();
    private final Set<Decision.Action> carriedOut = EnumSet.noneOf(Decision.Action.class);
    private Duration againAfter = Duration.ZERO;
    private @Nullable Throwable ending;

    Sorting(StreetConfig config, Work<R> work, Batch batch, Run<R> run, boolean last) {
        this.config = config;
        this.work = work;
        this.batch = batch;
        this.run = run;
        this.last = last;
    }

    /**
     * Every account comes to its turn, whatever is decided about another one: the answer is the only one it gets.
     *
     * @return what the stream is to end with, or null if it goes on
     */
    @Nullable
    Throwable sort(Reply reply) {
        batch.accounts().forEach((account, trace) -> {
            AnswerItem item = reply.items().get(account);
            if (item != null) {
                answered(account, trace, item.resultCode(), item.resultInfo(), reply.requestId());
            } else {
                leftOut(account, trace);
            }
        });
        if (!again.isEmpty()) {
            run.rest(new Batch(batch.fromAccount(), again), againAfter.toNanos());
        }
        if (ending != null) {
            ambiguousEnd(run, new Batch(batch.fromAccount(), undecided), Verdict.text(ending));
        }
        return ending;
    }

    private void answered(String account, Trace trace, int code, String info, @Nullable String requestId) {
        switch (Outcome.of(code, info)) {
            case DELETED, NOT_FRIENDS -> run.answer(batch.fromAccount(), account, code, info);
            default ->
                failed(
                        account,
                        trace,
                        failure(Failure.Kind.REFUSED, trace.tried(code, false), info),
                        () -> new FatalRefusalException(work.api(), ErrorCode.of(code), info, requestId, 0));
        }
    }

    private void leftOut(String account, Trace trace) {
        String info = "The answer does not name this account.";
        failed(
                account,
                trace,
                failure(Failure.Kind.AMBIGUOUS, trace.tried(LocalCode.LEFT_OUT, true), info),
                () -> new MalformedAnswerException(info));
    }

    private Failure failure(Failure.Kind kind, Trace tried, String info) {
        return new Failure(kind, work.api(), tried.attempts(), tried.alike(), 1, tried.code(), info, true);
    }

    private void failed(String account, Trace trace, Failure failure, Supplier<Throwable> error) {
        Trace tried = trace.tried(failure.code(), mayHaveHappened(failure));
        Decision decision;
        try {
            decision = config.policy().decide(failure);
            if (carriedOut.add(decision.action())) {
                config.consequences().of(decision, work.api(), batch.fromAccount());
            }
        } catch (Throwable thrown) { // by a policy or a pacer of the user's
            Exceptions.throwIfJvmFatal(thrown);
            undecided.put(account, tried);
            endWith(thrown);
            return;
        }
        boolean repeat = switch (decision.action()) {
            case AGAIN, SLOW_DOWN, SLOW_DOWN_ALL, PAUSE, PAUSE_ALL, SERIALISE -> decision.again() && !last;
            case RENEW, HALVE, GIVE_UP, STOP -> false;
        };
        if (repeat) {
            again.put(account, tried);
            againAfter = againAfter.compareTo(decision.delay()) > 0 ? againAfter : decision.delay();
        } else {
            end(run, batch.fromAccount(), account, tried, failure);
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
    static void allEnd(Run<?> run, Batch batch, Failure failure) {
        batch.accounts().forEach((account, trace) -> end(run, batch.fromAccount(), account, trace, failure));
    }

    /** A batch is not sent any more: only those of its accounts of whom nobody knows get a result. */
    static void ambiguousEnd(Run<?> run, Batch batch, String reason) {
        batch.accounts().forEach((account, trace) -> {
            if (trace.ambiguous()) {
                run.answer(batch.fromAccount(), account, LocalCode.NO_ANSWER, EARLIER + reason);
            }
        });
    }

    /**
     * The truth about an account that is given up: if an earlier attempt may have deleted it and the last one did not
     * look at it, nobody knows.
     */
    private static void end(Run<?> run, String from, String account, Trace trace, Failure failure) {
        int code = failure.code();
        if (trace.ambiguous() && Outcome.of(code, failure.info()) == Outcome.FAILED && !speaksOfTheAccount(failure)) {
            run.answer(from, account, LocalCode.NO_ANSWER, EARLIER + code + " " + failure.info());
        } else {
            run.answer(from, account, code, failure.info());
        }
    }

    private static boolean speaksOfTheAccount(Failure failure) {
        return failure.accounts() == 1
                && (failure.code() == ILLEGAL_PARAMETER
                        || SPEAKS_OF_AN_ACCOUNT.contains(failure.errorCode().category()));
    }
}
