/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.ErrorCategory;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.Failure;
import io.github.unfriend.wire.AnswerItem;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Sorts the accounts of one answered batch: those that are done, and those that go again in later batches. */
final class Sorting<R> {

    /** Refusals after which an account is as it was before the call; any other speaks about the account itself. */
    private static final Set<ErrorCategory> SAYS_NOTHING_OF_THE_ACCOUNT = EnumSet.of(
            ErrorCategory.TRANSIENT,
            ErrorCategory.CONFLICT,
            ErrorCategory.RATE_LIMITED,
            ErrorCategory.SECURITY_POLICY,
            ErrorCategory.LOCKED_OUT,
            ErrorCategory.SIGNATURE_EXPIRED,
            ErrorCategory.LOCAL);

    /** Time ran out inside the service: part of the work may be done (30007, 60008; tencent-chat notes on partial effect). */
    static final Set<Integer> MAY_HAVE_HAPPENED = Set.of(30007, 60008);

    private static final String EARLIER = "An earlier attempt got no readable answer; the last one: ";

    private final StreetConfig config;
    private final Work<R> work;
    private final Batch batch;
    private final Run<R> run;
    private final boolean last;
    private final Map<String, Trace> again = new LinkedHashMap<>();
    private final Set<Decision.Action> carriedOut = EnumSet.noneOf(Decision.Action.class);
    private Duration againAfter = Duration.ZERO;

    Sorting(StreetConfig config, Work<R> work, Batch batch, Run<R> run, boolean last) {
        this.config = config;
        this.work = work;
        this.batch = batch;
        this.run = run;
        this.last = last;
    }

    void sort(Reply reply) {
        batch.accounts().forEach((account, trace) -> {
            AnswerItem item = reply.items().get(account);
            if (item != null) {
                answered(account, trace, item.resultCode(), item.resultInfo());
            } else if (reply.ok()) {
                leftOut(account, trace);
            } else {
                answered(account, trace, reply.code(), reply.info());
            }
        });
        if (!again.isEmpty()) {
            run.rest(new Batch(batch.fromAccount(), again), againAfter.toNanos());
        }
    }

    private void answered(String account, Trace trace, int code, String info) {
        switch (Outcome.of(code, info)) {
            case DELETED, NOT_FRIENDS -> done(account, code, info);
            default -> failed(account, trace, Failure.Kind.REFUSED, code, info);
        }
    }

    private void leftOut(String account, Trace trace) {
        failed(account, trace, Failure.Kind.AMBIGUOUS, LocalCode.LEFT_OUT, "The answer does not name this account.");
    }

    private void failed(String account, Trace trace, Failure.Kind kind, int code, String info) {
        Trace tried = trace.tried(code, kind == Failure.Kind.AMBIGUOUS || MAY_HAVE_HAPPENED.contains(code));
        Failure failure = new Failure(kind, work.api(), tried.attempts(), tried.alike(), 1, code, info, true);
        Decision decision = config.policy().decide(failure);
        if (carriedOut.add(decision.action())) {
            config.consequences().of(decision, work.api(), batch.fromAccount());
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
    }

    private void done(String account, int code, String info) {
        run.answer(batch.fromAccount(), account, code, info);
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
        if (trace.ambiguous()
                && Outcome.of(code, failure.info()) == Outcome.FAILED
                && SAYS_NOTHING_OF_THE_ACCOUNT.contains(failure.errorCode().category())) {
            run.answer(from, account, LocalCode.NO_ANSWER, EARLIER + code + " " + failure.info());
        } else {
            run.answer(from, account, code, failure.info());
        }
    }
}
