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
import io.github.unfriend.reactor.internal.batch.SerializedAccounts;
import io.github.unfriend.reactor.internal.observation.CallEnd;
import io.github.unfriend.reactor.internal.observation.CallListener;
import io.github.unfriend.reactor.internal.transport.Attempt;
import io.github.unfriend.reactor.internal.transport.HttpAnswer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * One batch on its way, attempt after attempt. Whatever happens to it is told here, and the answer is a {@link
 * Disposition} that the stream applies. Between two attempts it holds neither a connection nor a permit. Belongs to the
 * worker of its stream; only {@link Content} is of the event loop.
 *
 * @param <T> the type of the elements
 */
public final class Call<T> {

    /** Nothing of the current attempt has left yet: the call can be stopped without a trace. */
    private static final int BEFORE_WIRE = 0;
    /** The service may see the current attempt: its answer is waited for. */
    private static final int ON_WIRE = 1;

    private static final int ENDED = 2;

    /** Reactor's key of the subscriber's discard hook: it is for elements and results, not for the transport's buffers. */
    private static final String DISCARD_HOOK = "reactor.onDiscard.local";

    private static final Duration LONG_PAUSE = Duration.ofSeconds(1);
    /** A call that waits for the answer to a probe looks again after this time. */
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);
    /** Connections that closed before the call's turn came; more than that is no accident. */
    private static final int FREE_ATTEMPTS = 10;

    private final CallConfig config;
    private final ApiOperation operation;
    private final Batch<T> batch;
    private final Context context;
    private final FailureHandler<T> failures;
    private final AtomicInteger phase = new AtomicInteger(BEFORE_WIRE);
    private SerializedAccounts.@Nullable Turn turn;
    private int freeAttempts;
    private boolean stopped;
    /** The current attempt did not leave, since another call is the probe. */
    private volatile boolean heldBack;

    private @Nullable Attempt attempt;

    /**
     * A call that has not begun.
     *
     * @param config what all calls share
     * @param operation the API
     * @param batch its accounts
     * @param turn the turn of its From_Account, given back at its end; null if it needs none
     * @param subscriber the Context of whoever subscribed to the stream
     */
    public Call(
            CallConfig config,
            ApiOperation operation,
            Batch<T> batch,
            SerializedAccounts.@Nullable Turn turn,
            Context subscriber) {
        this.config = config;
        this.operation = operation;
        this.batch = batch;
        this.turn = turn;
        this.context = subscriber.delete(DISCARD_HOOK);
        this.failures = new FailureHandler<>(config, operation, batch, this::isLate);
    }

    /** Its accounts. */
    public Batch<T> batch() {
        return batch;
    }

    /** The Context of its attempts. */
    public Context context() {
        return context;
    }

    /** Its time begins; gives how long the first attempt has to wait. */
    public Duration begin() {
        batch.startsAt(config.nanos());
        batch.waits();
        return config.firstDelay();
    }

    /** How long from now until the time of its first account is over. */
    public Duration timeLeft() {
        long left = batch.oldest() + config.callDeadline().toNanos() - config.nanos();
        return Duration.ofNanos(Math.max(0, left));
    }

    private boolean isLate(Pending<T> element) {
        return config.nanos() - element.since() >= config.callDeadline().toNanos();
    }

    /**
     * How long all calls pause, if it is so long that no connection should be held meanwhile: nobody knows how long the
     * other side keeps an idle one. Accounts may join until it is over.
     */
    public Duration pause() {
        batch.waits();
        Duration pause = config.pacer().state(operation.api()).pausedFor();
        return pause.compareTo(LONG_PAUSE) > 0 ? pause : Duration.ZERO;
    }

    /** One more attempt: sent when it is subscribed to. What it signals is to be told to {@link #answered} and {@link #failed}. */
    public Mono<HttpAnswer> attempt() {
        batch.waits();
        CallListener listener = config.listener().call(operation.api(), batch.size(), batch.attempts() + 1, context);
        Attempt next = new Attempt(operation.api(), new Content(), listener);
        attempt = next;
        return config.transport().send(next);
    }

    /** The current attempt was answered. */
    public Disposition<T> answered(HttpAnswer answer) {
        return decide((current, out) -> read(answer, current, out));
    }

    /** The current attempt failed. */
    public Disposition<T> failed(Throwable error) {
        return decide((current, out) -> failed(error, current, out));
    }

    /** The time of some accounts is over: those that have not left do not leave any more. */
    public Disposition<T> timeIsOver() {
        return decide((current, out) -> {
            failures.tooLate(batch.takeOut(this::isLate), out);
            overIfEmpty(out);
        });
    }

    /** Nobody waits for some of its accounts any more: those that have not left do not leave. */
    public Disposition<T> withdrawn() {
        return decide((current, out) -> {
            Batch<T> gone = new Batch<>(batch.fromAccount(), batch.takeOut(Pending::isWithdrawn));
            out.abandon(gone, "nobody waited for it any more");
            overIfEmpty(out);
        });
    }

    private void overIfEmpty(Disposition.Builder<T> out) {
        if (batch.isEmpty()) { // it has not left: nothing is taken out of one that has
            out.over();
        }
    }

    /** The stream ends: a call that has not left does not leave any more, one that has is not repeated. */
    public Disposition<T> stop() {
        stopped = true;
        return decide((current, out) -> {
            if (phase.compareAndSet(BEFORE_WIRE, ENDED)) {
                out.over().abandon(batch, "the stream ended");
            }
        });
    }

    /** The subscriber left: whatever is under way ends, and nobody is told. */
    public void cancel() {
        phase.set(ENDED);
        giveBack();
    }

    /** Whether the current attempt has left, and its answer is waited for. */
    public boolean hasLeft() {
        return phase.get() == ON_WIRE;
    }

    private interface Step<T> {
        void take(@Nullable Attempt current, Disposition.Builder<T> out);
    }

    private Disposition<T> decide(Step<T> step) {
        if (phase.get() == ENDED) {
            return Disposition.none();
        }
        Disposition.Builder<T> out = new Disposition.Builder<>();
        try {
            step.take(attempt, out);
        } catch (Throwable thrown) { // by a policy or a pacer of the user's; the stream ends with it
            out.over().fatal(thrown).abandon(batch, Settlement.reason(thrown));
        }
        Disposition<T> decided = out.build();
        if (decided.fatal() instanceof FatalRefusalException refusal) {
            config.refusal().refused(refusal);
        }
        if (decided.isOver()) {
            phase.set(ENDED);
            giveBack();
        } else if (decided.repeatAfter() != null) {
            config.effects().gate().left(this);
            batch.returns();
            phase.compareAndSet(ON_WIRE, BEFORE_WIRE);
        }
        return decided;
    }

    private void giveBack() {
        batch.endsTravel();
        config.effects().gate().left(this);
        if (attempt != null) {
            attempt.listener().abandoned();
        }
        if (turn != null) {
            turn.giveBack();
            turn = null;
        }
    }

    private void read(HttpAnswer answer, @Nullable Attempt current, Disposition.Builder<T> out) {
        OperationResponse response;
        try {
            response = operation.read(answer.content(), batch.fromAccount());
        } catch (NoAnswerException | MalformedAnswerException unreadable) {
            ambiguous(unreadable, current, out);
            return;
        }
        config.budget().answered();
        if (response.code() != ErrorCode.LOCKED_OUT) {
            config.effects().gate().answered(this);
        }
        if (response.ok() || (response.code() == 0 && !response.items().isEmpty())) {
            listener(current, listener -> listener.ended(CallEnd.ANSWERED, 0));
            config.refusal().answered();
            out.over();
            handle(response, batch, out);
        } else if (response.code() == 0) {
            ambiguous(new MalformedAnswerException("The answer says neither OK nor which error."), current, out);
        } else {
            listener(current, listener -> listener.ended(CallEnd.REFUSED, response.code()));
            refused(response, current, out);
        }
    }

    private static void listener(@Nullable Attempt current, Consumer<CallListener> told) {
        if (current != null) {
            told.accept(current.listener());
        }
    }

    private void handle(OperationResponse response, Batch<T> accounts, Disposition.Builder<T> out) {
        new ResponseHandler<>(config, operation, accounts, this::isLate, !stopped, out).handle(response);
    }

    /** Accounts that the refusal names by themselves have their answer; the refusal is for the others. */
    private void refused(OperationResponse response, @Nullable Attempt current, Disposition.Builder<T> out) {
        FatalRefusalException error = new FatalRefusalException(
                operation.api(), ErrorCode.of(response.code()), response.info(), response.requestId(), 0);
        AttemptFailure ofAll = failures.failure(AttemptFailure.Kind.REFUSED, response.code(), response.info());
        Batch<T> named = batch.takeIf(account -> response.items().containsKey(account.toAccount()));
        handle(response, named, out);
        if (!named.isEmpty() && !error.errorCode().isFatal()) {
            config.refusal().answered();
        }
        Throwable fatal = out.fatal();
        if (fatal != null) {
            out.over().abandon(batch, Settlement.reason(fatal));
        } else if (!batch.isEmpty()) {
            AttemptFailure ofOthers = failures.failure(AttemptFailure.Kind.REFUSED, response.code(), response.info());
            failures.handle(ofOthers, current == null ? null : current.signed(), error, !stopped, out);
        } else {
            out.over();
            if (config.policy().decide(ofAll) instanceof Decision.Stop) {
                out.fatal(error);
            }
        }
    }

    private void failed(Throwable error, @Nullable Attempt current, Disposition.Builder<T> out) {
        if (heldBack && error instanceof NotSentException && !stopped) {
            heldBack = false;
            out.repeat(PROBE_INTERVAL); // it was no attempt
        } else if (error instanceof NotSentException || error instanceof OverloadedException) {
            listener(current, listener -> listener.ended(CallEnd.NOT_SENT, LocalCode.NOT_SENT));
            if (current != null && current.lostItsConnection() && freeAttempts++ < FREE_ATTEMPTS && !stopped) {
                out.repeatAtOnce();
            } else {
                failed(AttemptFailure.Kind.NOT_SENT, LocalCode.NOT_SENT, error, out);
            }
        } else if (error instanceof GatewayClosedException) {
            out.over().fatal(error).abandon(batch, Settlement.reason(error));
        } else {
            ambiguous(error, current, out);
        }
    }

    private void ambiguous(Throwable error, @Nullable Attempt current, Disposition.Builder<T> out) {
        listener(current, listener -> listener.ended(CallEnd.NO_ANSWER, LocalCode.NO_ANSWER));
        failed(AttemptFailure.Kind.AMBIGUOUS, LocalCode.NO_ANSWER, error, out);
    }

    private void failed(AttemptFailure.Kind kind, int code, Throwable error, Disposition.Builder<T> out) {
        failures.handle(failures.failure(kind, code, Settlement.reason(error)), null, error, !stopped, out);
    }

    /** On the event loop, with the permit in hand: the batch is closed as late as can be. */
    private final class Content implements Attempt.Content {

        @Override
        public boolean close() {
            if (!config.effects().gate().enter(Call.this)) {
                heldBack = true;
                return false;
            }
            return phase.compareAndSet(BEFORE_WIRE, ON_WIRE) && batch.leave();
        }

        @Override
        public byte[] body() {
            return operation.write(batch.fromAccount(), batch.sentAccounts());
        }

        @Override
        public int accounts() {
            return batch.sentAccounts().size();
        }
    }
}
