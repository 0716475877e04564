/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.reactor.internal.transport.Answer;
import io.github.unfriend.reactor.internal.transport.Attempt;
import io.github.unfriend.reactor.internal.watch.CallWatch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.publisher.BaseSubscriber;
import reactor.util.context.Context;

/**
 * One batch on its way: attempt after attempt, until its {@link Verdict} gives its place free. Between two attempts it
 * holds neither a connection nor a permit. Lives on the worker of its run; only {@link Content} and the signals of the
 * transport are of the event loop.
 */
final class Call<T> {

    /** Nothing of the current attempt has left yet: the call can be stopped without a trace. */
    private static final int BEFORE_WIRE = 0;
    /** The service may see the current attempt: its answer is waited for. */
    private static final int ON_WIRE = 1;

    private static final int ENDED = 2;

    /** Reactor's key of the subscriber's discard hook: it is for elements and results, not for the transport's buffers. */
    private static final String DISCARD_HOOK = "reactor.onDiscard.local";

    private static final Duration LONG_PAUSE = Duration.ofSeconds(1);

    private final StreetConfig config;
    private final Work work;
    private final Batch<T> batch;
    private int elements;
    private final Run<T, ?> run;
    private final Context context;
    private final Verdict<T> verdict;
    private final Disposable.Swap current = Disposables.swap();
    private final Disposable.Swap deadline = Disposables.swap();
    private final AtomicInteger phase = new AtomicInteger(BEFORE_WIRE);
    private SerialOwners.@Nullable Turn turn;
    private boolean stopped;
    private CallWatch watch = CallWatch.NONE;

    Call(
            StreetConfig config,
            Work work,
            Batch<T> batch,
            SerialOwners.@Nullable Turn turn,
            Run<T, ?> run,
            Context context) {
        this.config = config;
        this.work = work;
        this.batch = batch;
        this.elements = batch.elements();
        batch.travelsWith(this);
        this.turn = turn;
        this.run = run;
        this.context = context.delete(DISCARD_HOOK);
        this.verdict = new Verdict<>(config, work, batch, run, this);
    }

    /** Elements that it was started for, and those that joined it. */
    int elements() {
        return elements;
    }

    Batch<T> batch() {
        return batch;
    }

    /** One more element joined its batch. */
    void grew() {
        elements++;
    }

    /** Elements of its batch were withdrawn. */
    void shrank(int gone) {
        elements -= gone;
    }

    /** Ends it if nobody waits for any of its accounts; a call that has left goes on. */
    void endIfEmpty() {
        if (batch.isEmpty()) { // it has not left: nothing is taken out of one that has
            end();
        }
    }

    /** The stream has ended: nothing is sent again. */
    boolean isStopped() {
        return stopped;
    }

    /** Whether the time of an element is over: it is not sent again. Elements that joined later have more time. */
    boolean isLate(Pending<T> element) {
        return config.nanos() - element.since >= config.callDeadline().toNanos();
    }

    void start() {
        batch.startsAt(config.nanos());
        watchTime();
        batch.waits();
        Duration wait = config.firstDelay();
        if (wait.isZero()) {
            attempt();
        } else {
            current.update(run.later(this::attempt, wait.toNanos()));
        }
    }

    private void watchTime() {
        long left = batch.oldest() + config.callDeadline().toNanos() - config.nanos();
        deadline.update(run.later(this::timeIsOver, Math.max(0, left)));
    }

    void attempt() {
        batch.waits();
        Duration pause = config.pacer().state(work.api()).pausedFor();
        if (pause.compareTo(LONG_PAUSE) > 0) {
            // Nobody knows how long an idle connection is kept open on the other side, so none is held meanwhile.
            current.update(run.later(this::attempt, pause.toNanos()));
            return;
        }
        watch = config.watch().call(work.api(), batch.size(), batch.attempts() + 1, context);
        Attempt attempt = new Attempt(work.api(), new Content(), watch);
        Exchange exchange = new Exchange(attempt);
        current.update(exchange);
        config.transport().send(attempt).subscribe(exchange);
    }

    /** The subscriber left: whatever is under way ends, and nobody is told. */
    void cancel() {
        phase.set(ENDED);
        giveEverythingBack();
    }

    private void leave() {
        batch.arrived();
        run.finished(this);
        giveEverythingBack();
    }

    private void giveEverythingBack() {
        current.dispose();
        deadline.dispose();
        watch.abandoned();
        if (turn != null) {
            turn.giveBack();
            turn = null;
        }
    }

    /** The stream ends: a call that has not left does not leave any more, one that has is not repeated. */
    void stop() {
        stopped = true;
        if (phase.compareAndSet(BEFORE_WIRE, ENDED)) {
            leave();
            verdict.withdrawn();
        }
    }

    /** Those whose time is over do not leave any more; of those that have left the answer is waited for. */
    private void timeIsOver() {
        if (phase.get() != ENDED) {
            verdict.tooLate(run.takeOut(batch, this::isLate));
            if (phase.get() == BEFORE_WIRE) { // else it is seen to when the answer is there
                watchTime();
            }
        }
    }

    /** Sends it again later; until then it holds neither a connection nor a permit, and others may have its place. */
    void again(Duration delay) {
        batch.returns();
        phase.compareAndSet(ON_WIRE, BEFORE_WIRE);
        run.pauses(this);
        current.update(run.later(() -> run.isDue(this), delay.toNanos()));
        watchTime();
        run.dropWithdrawn(batch);
    }

    /** Whether this was the first to give the call's place free; whoever did decides what becomes of its accounts. */
    boolean end() {
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
            } catch (Throwable error) { // by a policy of the user's, also when this call has given its place free
                Exceptions.throwIfJvmFatal(error);
                verdict.stopAll(error);
            }
        });
    }

    /** On the event loop, with the permit in hand: the batch is closed as late as can be. */
    private final class Content implements Attempt.Content {

        @Override
        public boolean close() {
            return phase.compareAndSet(BEFORE_WIRE, ON_WIRE) && batch.leave();
        }

        @Override
        public byte[] body() {
            return work.write(batch.fromAccount(), batch.toAccounts());
        }

        @Override
        public int accounts() {
            return batch.toAccounts().size();
        }
    }

    /** Waits for the answer to one attempt. What comes after it was cancelled is for nobody, and no fault. */
    private final class Exchange extends BaseSubscriber<Answer> {

        private final Attempt attempt;

        Exchange(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        protected void hookOnNext(Answer answer) {
            heard(() -> verdict.answered(answer, attempt));
        }

        @Override
        protected void hookOnError(Throwable error) {
            heard(() -> verdict.failed(error, attempt));
        }
    }
}
