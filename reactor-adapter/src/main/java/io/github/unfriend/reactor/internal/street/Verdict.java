/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.ErrorCode;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.MalformedAnswerException;
import io.github.unfriend.NoAnswerException;
import io.github.unfriend.NotSentException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.Failure;
import io.github.unfriend.reactor.internal.transport.Answer;
import io.github.unfriend.reactor.internal.transport.Attempt;
import io.github.unfriend.reactor.internal.transport.Signatures.Signed;
import io.github.unfriend.reactor.internal.watch.CallEnd;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * What becomes of a call after each of its attempts: its answer is sorted, or what went wrong is put before the retry
 * policy, and the decision carried out. Lives on the worker of its run.
 */
final class Verdict<T> {

    private static final Logger LOG = Loggers.getLogger("io.github.unfriend.reactor.retry");

    /** Connections that closed before the call's turn came; more than that is no accident. */
    private static final int FREE_ATTEMPTS = 10;
    /** Before accounts that lost their companions go again. */
    private static final Duration REGROUP_DELAY = Duration.ofMillis(100);

    private final StreetConfig config;
    private final Work work;
    private final Batch<T> batch;
    private final Run<T, ?> run;
    private final Call<T> call;
    private int freeAttempts;
    private @Nullable Failure latest;
    private @Nullable Signed expired;

    Verdict(StreetConfig config, Work work, Batch<T> batch, Run<T, ?> run, Call<T> call) {
        this.config = config;
        this.work = work;
        this.batch = batch;
        this.run = run;
        this.call = call;
    }

    /** It has not left and will not, as little as what waits in the depot: those accounts stay without a result. */
    void withdrawn() {
        Sorting.ambiguousEnd(run, batch, "the stream ended");
    }

    /** Their time was over before they left. */
    void tooLate(List<Pending<T>> elements) {
        String late = "It was not its turn within " + config.callDeadline() + ".";
        Failure failure = latest != null ? latest : failure(Failure.Kind.NOT_SENT, LocalCode.NOT_SENT, late);
        elements.forEach(element -> Sorting.end(run, element, failure));
    }

    void answered(Answer answer, Attempt attempt) {
        Reply reply;
        try {
            reply = work.read(answer.content(), batch.fromAccount());
        } catch (NoAnswerException | MalformedAnswerException unreadable) {
            ambiguous(unreadable, attempt);
            return;
        }
        config.budget().answered();
        if (reply.ok() || (reply.code() == 0 && !reply.items().isEmpty())) {
            attempt.watch().ended(CallEnd.ANSWERED, 0);
            config.refusal().answered();
            if (call.end()) {
                endUnlessNull(sort(batch, reply));
            }
        } else if (reply.code() == 0) {
            ambiguous(new MalformedAnswerException("The answer says neither OK nor which error."), attempt);
        } else {
            attempt.watch().ended(CallEnd.REFUSED, reply.code());
            refused(reply, attempt);
        }
    }

    /** Accounts that the refusal names by themselves have their answer; the refusal is for the others. */
    private void refused(Reply reply, Attempt attempt) {
        FatalRefusalException error =
                new FatalRefusalException(work.api(), ErrorCode.of(reply.code()), reply.info(), reply.requestId(), 0);
        Failure ofAll = failure(Failure.Kind.REFUSED, reply.code(), reply.info());
        Batch<T> named = batch.takeIf(account -> reply.items().containsKey(account.toAccount));
        run.answeredEarly(call, named.elements());
        Throwable ending = sort(named, reply);
        if (!named.isEmpty() && !error.errorCode().isFatal()) {
            config.refusal().answered();
        }
        if (ending != null) {
            stopAll(ending);
        } else if (!batch.isEmpty()) {
            decide(failure(Failure.Kind.REFUSED, reply.code(), reply.info()), attempt.signed(), error);
        } else if (config.policy().decide(ofAll).action() == Decision.Action.STOP) {
            stopAll(error);
        } else {
            call.end();
        }
    }

    private @Nullable Throwable sort(Batch<T> answered, Reply reply) {
        return new Sorting<>(config, work, answered, run, call).sort(reply);
    }

    private void endUnlessNull(@Nullable Throwable error) {
        if (error != null) {
            stopAll(error);
        }
    }

    void failed(Throwable error, Attempt attempt) {
        if (error instanceof NotSentException || error instanceof OverloadedException) {
            attempt.watch().ended(CallEnd.NOT_SENT, LocalCode.NOT_SENT);
            if (error instanceof NotSentException && attempt.lostItsConnection() && mayGoAtOnce()) {
                call.attempt();
            } else {
                decide(failure(Failure.Kind.NOT_SENT, LocalCode.NOT_SENT, text(error)), null, error);
            }
        } else if (error instanceof GatewayClosedException) {
            stopAll(error);
        } else {
            ambiguous(error, attempt);
        }
    }

    private boolean mayGoAtOnce() {
        return freeAttempts++ < FREE_ATTEMPTS && !call.isStopped();
    }

    private void ambiguous(Throwable error, Attempt attempt) {
        attempt.watch().ended(CallEnd.NO_ANSWER, LocalCode.NO_ANSWER);
        decide(failure(Failure.Kind.AMBIGUOUS, LocalCode.NO_ANSWER, text(error)), null, error);
    }

    private Failure failure(Failure.Kind kind, int code, String info) {
        return new Failure(
                kind, work.api(), batch.attempts() + 1, batch.alike(code) + 1, batch.size(), code, info, false);
    }

    private void decide(Failure failure, @Nullable Signed signed, Throwable error) {
        latest = failure;
        Decision decision;
        try {
            decision = config.policy().decide(failure);
            LOG.debug("{}, therefore {}", failure, decision, error.getCause() == null ? error : error.getCause());
            config.consequences().of(decision, work.api(), batch.fromAccount());
        } catch (RuntimeException | Error thrown) { // by a policy or a pacer of the user's
            batch.tried(failure.code(), Sorting.mayHaveHappened(failure));
            throw thrown;
        }
        if (decision.action() != Decision.Action.HALVE) { // halving looks for a culprit; the others are not to blame
            batch.tried(failure.code(), Sorting.mayHaveHappened(failure));
        }
        boolean repeat = decision.again() && !call.isStopped();
        switch (decision.action()) {
            case AGAIN, SLOW_DOWN, SLOW_DOWN_ALL, PAUSE, PAUSE_ALL, SERIALISE, RENEW -> {
                if (repeat) {
                    batch.returns();
                    run.takeOut(batch, call::isLate).forEach(element -> Sorting.end(run, element, failure));
                    if (!batch.isEmpty()) {
                        repeat(decision, signed, error);
                    }
                } else {
                    giveUp(failure);
                }
            }
            case HALVE -> halve(failure);
            case GIVE_UP -> giveUp(failure);
            case STOP -> stopAll(error);
        }
    }

    private void repeat(Decision decision, @Nullable Signed signed, Throwable error) {
        switch (decision.action()) {
            case AGAIN -> call.again(config.budgeted(decision.delay()));
            case SERIALISE -> waitForTurn(decision.delay());
            case RENEW -> renew(signed, error);
            default -> call.again(decision.delay());
        }
    }

    private void renew(@Nullable Signed used, Throwable error) {
        if (used == null || (expired != null && used.number() > expired.number())) {
            stopAll(error); // expired again although it is new: the clock or the key is wrong
            return;
        }
        expired = used;
        config.signatures().renew(used);
        call.again(Duration.ZERO);
    }

    /** Leaves its place free; the batch comes back when it is its owner's turn. */
    private void waitForTurn(Duration delay) {
        if (call.end()) {
            run.laterAgain(batch, delay.toNanos());
        }
    }

    private void halve(Failure failure) {
        if (batch.size() == 1 || call.isStopped()) {
            giveUp(failure);
        } else if (call.end()) {
            batch.halves().forEach(run::addPiece);
        }
    }

    /** Accounts that came to this batch later than others are not given up with them. */
    private void giveUp(Failure failure) {
        if (failure.kind() == Failure.Kind.NOT_SENT) {
            config.budget().notSent();
        }
        if (call.end()) {
            Batch<T> fresher = call.isStopped() ? Batch.empty(batch.fromAccount()) : batch.takeFresher();
            if (!fresher.isEmpty()) {
                run.laterAgain(fresher, config.budgeted(REGROUP_DELAY).toNanos());
            }
            Sorting.allEnd(run, batch, failure);
        }
    }

    /** Accounts that an earlier attempt may have deleted get a word of their own; the error speaks for the others. */
    void stopAll(Throwable error) {
        boolean first = call.end();
        if (error instanceof FatalRefusalException refusal) {
            config.refusal().refused(refusal);
        }
        run.endWith( // before the words about accounts, of which one could end the stream with a lesser error
                text(error),
                count -> error instanceof UnfinishedException unfinished ? unfinished.with(List.of(), count) : error);
        if (first) {
            Sorting.ambiguousEnd(run, batch, text(error));
        }
    }

    static String text(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }
}
