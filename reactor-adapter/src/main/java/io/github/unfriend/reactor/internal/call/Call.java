/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.NotSentException;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.internal.batch.Batch;
import io.github.unfriend.reactor.internal.batch.Halving;
import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.batch.SerializedAccounts;
import io.github.unfriend.reactor.internal.observation.CallListener;
import io.github.unfriend.reactor.internal.transport.Attempt;
import io.github.unfriend.reactor.internal.transport.HttpAnswer;
import io.github.unfriend.reactor.internal.transport.LateSignals;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * One batch on its way, attempt after attempt. Whatever happens to it is told here, and the answer is a {@link
 * Disposition} that the stream applies. Between two attempts it holds neither a connection nor a permit. Belongs to the
 * worker of its stream; only its {@link CallContent} is of the event loop.
 *
 * @param <T> the type of the elements
 */
public final class Call<T> {

    /** Reactor's key of the subscriber's discard hook: it is for elements and results, not for the transport's buffers. */
    private static final String DISCARD_HOOK = "reactor.onDiscard.local";

    private static final Duration LONG_PAUSE = Duration.ofSeconds(1);
    /** While many calls wait for the pacer, another one looks again after this time. */
    private static final Duration CONNECT_INTERVAL = Duration.ofMillis(100);
    /** A call that waits for the answer to a probe looks again after this time. */
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);

    private final CallConfig config;
    private final ApiOperation operation;
    private final Batch<T> batch;
    private final Context context;
    private final FailureHandler<T> failures;
    private final AttemptOutcome<T> outcome;
    private final CallContent<T> content;
    private SerializedAccounts.@Nullable Turn turn;
    private boolean stopped;
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
        this.context = LateSignals.ignoredIn(subscriber.delete(DISCARD_HOOK));
        this.failures = new FailureHandler<>(config, operation, batch, this::isLate, this);
        this.content = new CallContent<>(config, operation, batch, this);
        this.outcome = new AttemptOutcome<>(config, operation, batch, failures, this::isLate, this);
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
     * How long to wait before a connection is looked for. A call waits while all calls pause for long: it would hold an
     * idle connection, which the other side may close. It also waits while another call is the probe. Accounts may join
     * meanwhile.
     */
    public Duration pause() {
        batch.waits();
        PacerState state = config.pacer().state(operation.api());
        if (state.pausedFor().compareTo(LONG_PAUSE) > 0) {
            return state.pausedFor();
        }
        if (!config.effects().gate().mayEnter(this)) {
            return PROBE_INTERVAL;
        }
        return config.transport().mayConnect(operation.api(), state.callsPerSecond())
                ? Duration.ZERO
                : CONNECT_INTERVAL;
    }

    /** One more attempt: sent when it is subscribed to. What it signals is to be told to {@link #answered} and {@link #failed}. */
    public Mono<HttpAnswer> attempt() {
        batch.waits();
        CallListener listener = config.listener().call(operation.api(), batch.size(), batch.attempts() + 1, context);
        Attempt next = new Attempt(operation.api(), content, listener, outcome.wasNotAnswered());
        attempt = next;
        UnfinishedException refusal = config.refusal().enter(this);
        if (refusal != null) {
            return Mono.error(refusal);
        }
        if (config.refusal().isProbe(this)) {
            config.userSigs().renew(); // what is wrong may have been put right
        }
        return config.transport().send(next);
    }

    /** The current attempt was answered. */
    public Disposition<T> answered(HttpAnswer answer) {
        return decide(out -> outcome.answered(answer, required(), !stopped, out));
    }

    /** The current attempt failed. */
    public Disposition<T> failed(Throwable error) {
        return decide(out -> {
            UnfinishedException refusal = content.refused();
            if (refusal != null) {
                outcome.failed(refusal, required(), false, out);
            } else if (error instanceof NotSentException && !stopped && content.wasHeldBack()) {
                out.repeat(PROBE_INTERVAL); // it was no attempt
            } else {
                outcome.failed(error, required(), !stopped, out);
            }
        });
    }

    /** The time of some accounts is over: those that have not left do not leave any more. */
    public Disposition<T> timeIsOver() {
        return decide(out -> {
            failures.tooLate(batch.takeOut(this::isLate), out);
            overIfEmpty(out);
        });
    }

    /** Nobody waits for some of its accounts any more: those that have not left do not leave. */
    public Disposition<T> withdrawn() {
        return decide(out -> {
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
        return decide(out -> {
            if (content.endBeforeWire()) {
                out.over().abandon(batch, "the stream ended");
            }
        });
    }

    /** The subscriber left: whatever is under way ends, and nobody is told. */
    public void cancel() {
        content.end();
        giveBack();
    }

    /** Whether it has ended: nothing of it is sent any more. */
    public boolean isOver() {
        return content.isOver();
    }

    /** Whether the current attempt has left, and its answer is waited for. */
    public boolean hasLeft() {
        return content.hasLeft();
    }

    private Attempt required() {
        return Objects.requireNonNull(attempt, "no attempt was made");
    }

    private Disposition<T> decide(Consumer<Disposition.Builder<T>> step) {
        if (content.isOver()) {
            return Disposition.none();
        }
        Disposition.Builder<T> out = new Disposition.Builder<>();
        try {
            step.accept(out);
        } catch (Throwable thrown) { // by a policy or a pacer of the user's; the stream ends with it
            out.over().fatal(thrown).abandon(batch, Settlement.reason(thrown));
        }
        Halving<T> halving = batch.halving();
        if (out.isOver() && out.fatal() == null && halving != null && !stopped) {
            Batch<T> next = halving.next();
            if (next != null) {
                out.goOn(next);
            }
        }
        Disposition<T> decided = out.build();
        if (decided.isOver()) {
            content.end();
            giveBack();
        } else if (decided.repeatAfter() != null) {
            content.leaveGates();
            batch.returns();
            content.mayLeaveAgain();
        }
        return decided;
    }

    private void giveBack() {
        batch.endsTravel();
        content.leaveGates();
        if (attempt != null) {
            attempt.listener().abandoned();
        }
        if (turn != null) {
            turn.giveBack();
            turn = null;
        }
    }
}
