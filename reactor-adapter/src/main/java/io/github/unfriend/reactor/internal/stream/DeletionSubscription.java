/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.DeadlineExceededException;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.reactor.internal.batch.BatchQueue;
import io.github.unfriend.reactor.internal.batch.BatchingOptions;
import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.call.ApiOperation;
import io.github.unfriend.reactor.internal.call.Settlement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * One subscriber's stream. Whatever happens (an element came, a call was answered, a timer rang, more was asked for) is
 * told to it from any thread and dealt with on its worker, one thing after the other: the fields below the line are
 * touched nowhere else. Each time it takes in what has come, signals results, starts calls and asks its source for more.
 *
 * <p>Demand: see {@link ReadAhead}. Memory: see {@link CallStarter#room}; the source is asked for no more than that.
 */
final class DeletionSubscription<T, R> implements Subscription, StreamRegistry.OpenStream {

    private final StreamContext config;
    private final @Nullable Duration deadline;
    private final CoreSubscriber<? super R> actual;
    private final SourceSubscriber<T> source;
    private final SerialExecutor executor;
    private final ResultQueue<R> results;
    private volatile boolean cancelled;

    // ---- on the worker only ----
    private final PendingDeletions<T, R> deletions;
    private final CallStarter<T> starter;
    /** Elements that did not come from the source. */
    private long told;

    private boolean emitting;
    private boolean crashed;
    private boolean ended;

    DeletionSubscription(
            StreamContext config,
            StreamOptions options,
            Elements<T> elements,
            ResultFactory<T, R> factory,
            BatchingOptions batching,
            Scheduler sourceScheduler,
            CoreSubscriber<? super R> actual) {
        this.config = config;
        this.deadline = options.deadline();
        this.actual = actual;
        this.results = new ResultQueue<>(actual);
        this.executor = new SerialExecutor(config.scheduler().createWorker(), this::work);
        this.source = new SourceSubscriber<>(executor::wake, elements, sourceScheduler, actual.currentContext());
        BatchQueue<T> queue = new BatchQueue<>(batching);
        RunningCalls<T> calls = new RunningCalls<>(config.maxConcurrentCalls());
        ApiOperation operation = elements.operation();
        AccountEnds<T, R> accounts = new AccountEnds<>(
                queue, results, factory, config.calls().listener(), operation.api(), actual.currentContext());
        this.deletions =
                new PendingDeletions<>(config, options.stopOnError(), queue, calls, accounts, results, executor);
        this.starter = new CallStarter<>(
                config,
                operation,
                batching,
                queue,
                calls,
                results,
                source,
                executor,
                actual.currentContext(),
                deletions::apply);
    }

    SourceSubscriber<T> source() {
        return source;
    }

    void begin() {
        actual.onSubscribe(this);
        if (deadline != null) {
            executor.later(
                    () -> deletions.endWith(
                            "its time was over", count -> new DeadlineExceededException(deadline, count)),
                    deadline.toNanos());
        }
        executor.open(); // nothing is signalled before onSubscribe has returned
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            results.request(n);
            executor.wake();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        source.cancel();
        executor.wake();
    }

    @Override
    public void close(UnfinishedException reason) {
        executor.tell(() -> deletions.endWith(Settlement.reason(reason), count -> reason.with(List.of(), count)));
    }

    /** It was never begun, and will not be. */
    void drop() {
        executor.close();
    }

    /** Whether it ends with an error: what comes now gets no result. */
    boolean isEnding() {
        return deletions.isEnding();
    }

    /** A new element that does not come from the source. */
    void tell(Pending<T> element) {
        executor.tell(() -> {
            told++;
            deletions.add(element);
        });
    }

    /** Nobody waits for this element any more: it does not leave, or is not sent again. */
    void withdraw(Pending<T> element) {
        executor.tell(() -> deletions.withdraw(element));
    }

    private void work() {
        try {
            if (cancelled) {
                abandon(() -> {});
            } else if (!ended) {
                executor.runAll();
                takeIn();
                emit();
                starter.startCalls(this::isOpen, deletions::dropWithdrawn);
                askSource();
                endIfDone();
            }
        } catch (Throwable error) { // also one of the JVM: whoever waits for this stream is to hear of it
            crash(error);
        }
    }

    /**
     * A pacer of the user's threw where nothing may: the stream ends as at any other fatal error, results first. A
     * subscriber that throws takes no more results, and what happens twice would happen again: then there is no waiting.
     */
    private void crash(Throwable error) {
        if (ended) {
            Operators.onErrorDropped(error, actual.currentContext());
        } else if (emitting || crashed) {
            abandon(() -> actual.onError(error));
        } else {
            crashed = true;
            deletions.endWith(Settlement.reason(error), count -> error);
            executor.wake();
        }
    }

    private boolean isOpen() {
        return !cancelled && !deletions.isEnding();
    }

    private void askSource() {
        if (isOpen() && results.isOpen()) {
            starter.askSource();
        }
    }

    private void takeIn() {
        Pending<T> element;
        while (!deletions.isEnding() && (element = source.poll()) != null) {
            deletions.add(element);
        }
    }

    private void emit() {
        emitting = true;
        if (results.emit(() -> cancelled)) {
            executor.wake();
        }
        emitting = false;
    }

    private void endIfDone() {
        if (deletions.isEnding()) {
            source.close();
        }
        if (cancelled || deletions.isUnderWay() || !results.isEmpty()) {
            return;
        }
        @Nullable Throwable error;
        if (deletions.isEnding()) {
            error = deletions.error(source.received() + told);
        } else if (source.isExhausted() && deletions.isEmpty()) {
            error = source.error();
        } else {
            return;
        }
        leave(() -> {
            if (error == null) {
                actual.onComplete();
            } else {
                actual.onError(error);
            }
        });
    }

    /** Nobody takes results any more. */
    private void abandon(Runnable tell) {
        if (ended) {
            return;
        }
        source.close();
        deletions.discard();
        results.discard();
        leave(tell);
    }

    /** Registered until the end was told: a gateway that closes waits for all streams, and then closes connections. */
    private void leave(Runnable tell) {
        ended = true;
        try {
            tell.run();
        } finally {
            config.registry().remove(this);
            executor.close(); // and every timer with it
        }
    }
}
