/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.reactor.internal.call.Call;
import io.github.unfriend.reactor.internal.call.Disposition;
import io.github.unfriend.reactor.internal.transport.HttpAnswer;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.util.context.Context;

/**
 * A call of a stream with what it waits for: its timers and the answer to its current attempt. What happens to it is
 * brought to the worker of the stream and handed to the stream as a disposition.
 */
final class RunningCall<T> {

    private final Call<T> call;
    private final SerialExecutor executor;
    private final BiConsumer<RunningCall<T>, Disposition<T>> apply;
    /** The current attempt, or the wait for the next one. */
    private final Disposable.Swap current = Disposables.swap();

    private final Disposable.Swap timeLimit = Disposables.swap();
    /** Elements with which the stream counts it. */
    private long counted;

    RunningCall(Call<T> call, SerialExecutor executor, BiConsumer<RunningCall<T>, Disposition<T>> apply) {
        this.call = call;
        this.executor = executor;
        this.apply = apply;
    }

    Call<T> call() {
        return call;
    }

    long counted() {
        return counted;
    }

    void counts(long elements) {
        counted = elements;
    }

    void start() {
        Duration delay = call.begin();
        watchTime();
        if (delay.isZero()) {
            attempt();
        } else {
            current.update(executor.later(this::attempt, delay.toNanos()));
        }
    }

    void attempt() {
        if (call.isOver()) { // it has ended while this waited
            return;
        }
        Duration pause = call.pause();
        if (!pause.isZero()) {
            current.update(executor.later(this::attempt, pause.toNanos()));
            return;
        }
        Exchange exchange = new Exchange();
        current.update(exchange);
        call.attempt().subscribe(exchange);
    }

    /** Does something when the pause before the next attempt is over. */
    void pause(Duration delay, Runnable then) {
        current.update(executor.later(then, delay.toNanos()));
        watchTime();
    }

    private void watchTime() {
        timeLimit.update(executor.later(this::timeIsOver, call.timeLeft().toNanos()));
    }

    private void timeIsOver() {
        Disposition<T> disposition = call.timeIsOver();
        if (!disposition.isOver() && !call.hasLeft()) { // else it is seen to when the answer is there
            watchTime();
        }
        apply.accept(this, disposition);
    }

    /** The subscriber left: nothing is waited for any more. */
    void cancel() {
        call.cancel();
        end();
    }

    /** The call is over. */
    void end() {
        current.dispose();
        timeLimit.dispose();
    }

    /** Waits for the answer to one attempt. What comes after it was cancelled is for nobody, and no fault. */
    private final class Exchange extends BaseSubscriber<HttpAnswer> {

        @Override
        public Context currentContext() {
            return call.context();
        }

        @Override
        protected void hookOnNext(HttpAnswer answer) {
            tell(() -> call.answered(answer));
        }

        @Override
        protected void hookOnError(Throwable error) {
            tell(() -> call.failed(error));
        }

        private void tell(Supplier<Disposition<T>> step) {
            executor.tell(() -> apply.accept(RunningCall.this, step.get()));
        }
    }
}
