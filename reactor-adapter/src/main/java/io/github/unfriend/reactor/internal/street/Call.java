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
import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.Failure;
import io.github.unfriend.reactor.internal.transport.Answer;
import io.github.unfriend.reactor.internal.transport.Attempt;
import io.github.unfriend.reactor.internal.transport.Signatures.Signed;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;

/**
 * One batch on its way: attempt after attempt until there is a word about each account, or a reason to give its place
 * free. Between two attempts it holds neither a connection nor a permit. Lives on the worker of its run; only
 * {@link #enterWire} and the signals of the transport come from event loops.
 */
final class Call<R> {

    private static final Logger LOG = Loggers.getLogger("io.github.unfriend.reactor.retry");

    /** Nothing of the current attempt has left yet: the call can be stopped without a trace. */
    private static final int BEFORE_WIRE = 0;
    /** The service may see the current attempt: its answer is waited for. */
    private static final int ON_WIRE = 1;

    private static final int ENDED = 2;

    private static final Duration LONG_PAUSE = Duration.ofSeconds(1);
    /** Connections that closed before the call's turn came; more than that is no accident. */
    private static final int FREE_ATTEMPTS = 10;
    /** Before accounts that lost their companions go again. */
    private static final Duration REGROUP_DELAY = Duration.ofMillis(100);

    private final StreetConfig config;
    private final Work<R> work;
    private final Batch batch;
    private final int size;
    private final Run<R> run;
    private final Context context;
    private final Disposable.Swap current = Disposables.swap();
    private Disposable deadline = Disposables.disposed();
    private final AtomicInteger phase = new AtomicInteger(BEFORE_WIRE);
    private SerialOwners.@Nullable Turn turn;
    private int freeAttempts;
    private boolean last;
    private @Nullable Failure latest;
    private @Nullable Signed expired;

    Call(
            StreetConfig config,
            Work<R> work,
            Batch batch,
            SerialOwners.@Nullable Turn turn,
            Run<R> run,
            Context context) {
        this.config = config;
        this.work = work;
        this.batch = batch;
        this.size = batch.size();
        this.turn = turn;
        this.run = run;
        this.context = context;
    }

    int size() {
        return size;
    }

    void start() {
        deadline = run.later(this::timeIsOver, config.callDeadline().toNanos());
        attempt();
    }

    private void attempt() {
        Duration pause = config.pacer().state(work.api()).pausedFor();
        if (pause.compareTo(LONG_PAUSE) > 0) {
            // Nobody knows how long an idle connection is kept open on the other side, so none is held meanwhile.
            current.update(run.later(this::attempt, pause.toNanos()));
            return;
        }
        Attempt attempt = new Attempt(work.api(), work.write(batch.fromAccount(), batch.toAccounts()), this::enterWire);
        current.update(config.transport()
                .send(attempt)
                .subscribe(
                        answer -> heard(() -> answered(answer, attempt)),
                        error -> heard(() -> failed(error, attempt)),
                        null,
                        context));
    }

    /** The subscriber left: whatever is under way ends, and nobody is told. */
    void cancel() {
        phase.set(ENDED);
        giveEverythingBack();
    }

    private void leave() {
        run.finished(this);
        giveEverythingBack();
    }

    private void giveEverythingBack() {
        current.dispose();
        deadline.dispose();
        if (turn != null) {
            turn.giveBack();
            turn = null;
        }
    }

    /** The stream ends: a call that has not left does not leave any more, one that has is not repeated. */
    void stop() {
        last = true;
        if (endBeforeWire()) {
            if (latest != null) {
                Sorting.allEnd(run, batch, latest);
            } else {
                Sorting.ambiguousEnd(run, batch, "the stream ended");
            }
        }
    }

    private void timeIsOver() {
        last = true;
        if (endBeforeWire()) {
            String late = "It was not its turn within " + config.callDeadline() + ".";
            Failure failure = latest != null ? latest : failure(Failure.Kind.NOT_SENT, LocalCode.NOT_SENT, late);
            Sorting.allEnd(run, batch, failure);
        }
    }

    private boolean endBeforeWire() {
        boolean stopped = phase.compareAndSet(BEFORE_WIRE, ENDED);
        if (stopped) {
            leave();
        }
        return stopped;
    }

    private boolean enterWire() {
        return phase.compareAndSet(BEFORE_WIRE, ON_WIRE);
    }

    private void answered(Answer answer, Attempt attempt) {
        Reply reply;
        try {
            reply = work.read(answer.content(), batch.fromAccount());
        } catch (NoAnswerException | MalformedAnswerException unreadable) {
            ambiguous(unreadable);
            return;
        }
        config.budget().answered();
        if (reply.ok() || !reply.items().isEmpty()) {
            if (end()) {
                new Sorting<>(config, work, batch, run, last).sort(reply);
            }
        } else if (reply.code() == 0) {
            ambiguous(new MalformedAnswerException("The answer says neither OK nor which error."));
        } else {
            decide(
                    failure(Failure.Kind.REFUSED, reply.code(), reply.info()),
                    attempt.signed(),
                    new FatalRefusalException(
                            work.api(), ErrorCode.of(reply.code()), reply.info(), reply.requestId(), 0));
        }
    }

    private void failed(Throwable error, Attempt attempt) {
        if (error instanceof NotSentException && attempt.hadConnection() && freeAttempts++ < FREE_ATTEMPTS && !last) {
            attempt(); // the connection closed while the call waited for its permit: no fault of anybody's
        } else if (error instanceof NotSentException || error instanceof OverloadedException) {
            decide(failure(Failure.Kind.NOT_SENT, LocalCode.NOT_SENT, text(error)), null, error);
        } else if (error instanceof GatewayClosedException) {
            stopAll(error);
        } else {
            ambiguous(error);
        }
    }

    private void ambiguous(Throwable error) {
        decide(failure(Failure.Kind.AMBIGUOUS, LocalCode.NO_ANSWER, text(error)), null, error);
    }

    private Failure failure(Failure.Kind kind, int code, String info) {
        return new Failure(kind, work.api(), batch.attempts() + 1, batch.alike(code) + 1, size, code, info, false);
    }

    private void decide(Failure failure, @Nullable Signed signed, Throwable error) {
        latest = failure;
        Decision decision = config.policy().decide(failure);
        LOG.debug("{}, therefore {}", failure, decision, error.getCause() == null ? error : error.getCause());
        config.consequences().of(decision, work.api(), batch.fromAccount());
        if (decision.action() != Decision.Action.HALVE) { // halving looks for a culprit; the others are not to blame
            boolean ambiguous =
                    failure.kind() == Failure.Kind.AMBIGUOUS || Sorting.MAY_HAVE_HAPPENED.contains(failure.code());
            batch.tried(failure.code(), ambiguous);
        }
        boolean repeat = decision.again() && !last;
        switch (decision.action()) {
            case AGAIN, SLOW_DOWN, SLOW_DOWN_ALL, PAUSE, PAUSE_ALL, SERIALISE, RENEW -> {
                if (repeat) {
                    repeat(decision, signed, error);
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
            case AGAIN -> again(config.budgeted(decision.delay()));
            case SERIALISE -> waitForTurn(decision.delay());
            case RENEW -> renew(signed, error);
            default -> again(decision.delay());
        }
    }

    private void renew(@Nullable Signed used, Throwable error) {
        if (used == null || (expired != null && used.number() > expired.number())) {
            stopAll(error); // expired again although it is new: the clock or the key is wrong
            return;
        }
        expired = used;
        config.signatures().renew(used);
        again(Duration.ZERO);
    }

    private void again(Duration delay) {
        phase.compareAndSet(ON_WIRE, BEFORE_WIRE);
        current.update(run.later(this::attempt, delay.toNanos()));
    }

    /** Leaves its place free; the batch comes back when it is its owner's turn. */
    private void waitForTurn(Duration delay) {
        if (end()) {
            run.laterAgain(batch, delay.toNanos());
        }
    }

    private void halve(Failure failure) {
        if (size == 1 || last) {
            giveUp(failure);
        } else if (end()) {
            batch.halves().forEach(run::addPiece);
        }
    }

    /** Accounts that came to this batch later than others are not given up with them. */
    private void giveUp(Failure failure) {
        if (end()) {
            Batch fresher = last ? null : batch.takeFresher();
            if (fresher != null) {
                run.laterAgain(fresher, config.budgeted(REGROUP_DELAY).toNanos());
            }
            Sorting.allEnd(run, batch, failure);
        }
    }

    /** Accounts that an earlier attempt may have deleted get a word of their own; the error speaks for the others. */
    private void stopAll(Throwable error) {
        if (end()) {
            Sorting.ambiguousEnd(run, batch, text(error));
        }
        run.endWith(
                text(error),
                count -> error instanceof FatalRefusalException refusal ? refusal.withNotAttempted(count) : error);
    }

    private boolean end() {
        boolean first = phase.getAndSet(ENDED) != ENDED;
        if (first) {
            leave();
        }
        return first;
    }

    /** What the transport signals, handed over to the worker. */
    private void heard(Runnable step) {
        run.tell(() -> {
            try {
                if (phase.get() != ENDED) {
                    step.run();
                }
            } catch (RuntimeException error) {
                stopAll(error); // a policy of the user's may throw, also when this call has given its place free
            }
        });
    }

    static String text(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }
}
