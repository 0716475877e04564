/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.AccountFailedException;
import io.github.unfriend.DeadlineExceededException;
import io.github.unfriend.Outcome;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.reactor.internal.batch.Batch;
import io.github.unfriend.reactor.internal.batch.BatchQueue;
import io.github.unfriend.reactor.internal.batch.BatchingOptions;
import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.call.ApiOperation;
import io.github.unfriend.reactor.internal.call.Disposition;
import io.github.unfriend.reactor.internal.call.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
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
    private final StreamOptions options;
    private final ApiOperation operation;
    private final CoreSubscriber<? super R> actual;
    private final SourceSubscriber<T> source;
    private final SerialExecutor executor;
    private final ResultQueue<R> results;
    private volatile boolean cancelled;
    private volatile boolean ending;

    // ---- on the worker only ----
    private final BatchQueue<T> queue;
    private final AccountEnds<T, R> accounts;
    private final RunningCalls<T> calls;
    private final CallStarter<T> starter;
    /** Elements that did not come from the source. */
    private long told;

    private boolean withdrawals;
    private @Nullable LongFunction<Throwable> fatal;
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
        this.options = options;
        this.operation = elements.operation();
        this.actual = actual;
        this.results = new ResultQueue<>(actual);
        this.executor = new SerialExecutor(config.scheduler().createWorker(), this::work);
        this.source = new SourceSubscriber<>(executor::wake, elements, sourceScheduler, actual.currentContext());
        this.queue = new BatchQueue<>(batching);
        this.accounts = new AccountEnds<>(
                queue, results, factory, config.calls().listener(), operation.api(), actual.currentContext());
        this.calls = new RunningCalls<>(config.maxConcurrentCalls());
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
                this::apply);
    }

    SourceSubscriber<T> source() {
        return source;
    }

    void begin() {
        actual.onSubscribe(this);
        Duration deadline = options.deadline();
        if (deadline != null) {
            executor.later(
                    () -> endWith("its time was over", count -> new DeadlineExceededException(deadline, count)),
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
        executor.tell(() -> endWith(Settlement.reason(reason), count -> reason.with(List.of(), count)));
    }

    /** It was never begun, and will not be. */
    void drop() {
        executor.close();
    }

    /** Whether it ends with an error: what comes now gets no result. */
    boolean isEnding() {
        return ending;
    }

    /** A new element that does not come from the source. */
    void tell(Pending<T> element) {
        executor.tell(() -> {
            told++;
            add(element);
        });
    }

    /** Nobody waits for this element any more: it does not leave, or is not sent again. */
    void withdraw(Pending<T> element) {
        executor.tell(() -> {
            element.withdraw();
            withdrawals = true;
            Batch<T> batch = element.batch();
            if (batch != null) {
                dropWithdrawn(batch);
            } else if (!element.isAnswered()) { // the stream ends, and had discarded it
                accounts.discard(element);
            }
        });
    }

    private void work() {
        try {
            if (cancelled) {
                abandon();
            } else if (!ended) {
                executor.runAll();
                takeIn();
                emit();
                starter.startCalls(this::isOpen, this::dropWithdrawn);
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
            abandon();
            actual.onError(error);
        } else {
            crashed = true;
            endWith(Settlement.reason(error), count -> error);
            executor.wake();
        }
    }

    private boolean isOpen() {
        return !cancelled && fatal == null;
    }

    private void askSource() {
        if (isOpen() && results.isOpen()) {
            starter.askSource();
        }
    }

    private void takeIn() {
        Pending<T> element;
        while (fatal == null && (element = source.poll()) != null) {
            add(element);
        }
    }

    private void add(Pending<T> element) {
        Pending.Problem problem = element.problem();
        if (fatal != null) {
            accounts.discard(element);
        } else if (problem != null) {
            answer(new Settlement<>(element, problem.code(), problem.info()));
        } else {
            Batch<T> joined = queue.add(element, config.nanos());
            RunningCall<T> call = joined == null ? null : calls.with(joined);
            if (call != null) {
                calls.count(call);
            }
        }
    }

    /** Elements that nobody waits for are taken out of a batch, unless it has left. */
    private void dropWithdrawn(Batch<T> batch) {
        RunningCall<T> call = calls.with(batch);
        if (!withdrawals) {
            return;
        }
        if (call != null) {
            apply(call, call.call().withdrawn());
        } else {
            queue.takeOut(batch, Pending::isWithdrawn)
                    .forEach(element -> endUnfinished(element, "nobody waited for it any more"));
        }
    }

    /** What was decided about a call. */
    private void apply(RunningCall<T> call, Disposition<T> disposition) {
        if (disposition.isOver()) {
            calls.remove(call);
            call.end();
            results.nextCall();
        }
        disposition.held().forEach(queue::hold);
        disposition.released().forEach(queue::release);
        Throwable error = disposition.fatal();
        if (error != null) { // before the words about accounts, of which one could end the stream with a lesser error
            endWith(
                    Settlement.reason(error),
                    count -> error instanceof UnfinishedException unfinished
                            ? unfinished.with(List.of(), count)
                            : error);
        }
        disposition.settled().forEach(this::answer);
        disposition.unfinished().forEach(accounts::discard);
        if (disposition.refusesAll() && error instanceof UnfinishedException refusal) {
            config.registry().endAll(refusal);
        }
        disposition.resends().forEach(this::resend);
        if (calls.contains(call)) {
            calls.count(call);
            Duration delay = disposition.repeatAfter();
            if (delay != null) {
                repeat(call, delay, disposition.atOnce());
            }
        }
    }

    private void repeat(RunningCall<T> call, Duration delay, boolean atOnce) {
        if (atOnce) {
            call.attempt();
        } else {
            calls.pauses(call);
            call.pause(delay, () -> calls.isDue(call));
            dropWithdrawn(call.call().batch());
        }
    }

    /** After the stream was ended nothing waits any more. */
    private void resend(Disposition.Resend<T> resend) {
        Batch<T> batch = resend.batch();
        if (fatal != null) {
            batch.accounts().forEach(account -> endUnfinished(account, "the stream ended"));
            return;
        }
        batch.returns();
        if (resend.together() && resend.delay().isZero()) {
            queue.addPiece(batch);
        } else {
            queue.rest(batch);
            executor.later(
                    () -> queue.endRest(batch, resend.together(), config.nanos()),
                    resend.delay().toNanos());
        }
        dropWithdrawn(batch);
    }

    private void answer(Settlement<T> result) {
        accounts.answer(result);
        if (options.stopOnError() && !Outcome.of(result.code(), result.info()).isGone()) {
            Pending<T> account = result.account();
            endWith(
                    "the stream was stopped",
                    count -> new AccountFailedException(
                            account.fromAccount(), account.toAccount(), result.code(), result.info(), count));
        }
    }

    private void endUnfinished(Pending<T> account, String reason) {
        Settlement<T> result = Settlement.unfinished(account, reason);
        if (result == null) {
            accounts.discard(account);
        } else {
            answer(result);
        }
    }

    /** Ends the stream after what is on the wire: results first, then this error. */
    private void endWith(String reason, LongFunction<Throwable> error) {
        if (fatal != null) {
            return;
        }
        fatal = error;
        ending = true;
        source.close();
        calls.all().forEach(call -> apply(call, call.call().stop()));
        queue.empty(batch -> batch.accounts().forEach(account -> endUnfinished(account, reason)));
    }

    private void emit() {
        emitting = true;
        if (results.emit(() -> cancelled)) {
            executor.wake();
        }
        emitting = false;
    }

    private void endIfDone() {
        if (cancelled || !calls.isEmpty() || !results.isEmpty()) {
            return;
        }
        Throwable error = fatal == null ? null : fatal.apply(source.received() + told - accounts.answered());
        if (error == null) {
            if (!source.isExhausted() || queue.held() > 0) {
                return;
            }
            error = source.error();
        }
        leave();
        if (error == null) {
            actual.onComplete();
        } else {
            actual.onError(error);
        }
    }

    /** Nobody takes results any more. */
    private void abandon() {
        if (ended) {
            return;
        }
        source.close();
        for (RunningCall<T> call : calls.all()) {
            call.cancel();
            call.call().batch().accounts().forEach(accounts::discard);
        }
        calls.clear();
        queue.empty(batch -> batch.accounts().forEach(accounts::discard));
        results.discard();
        leave(); // at last: when all streams have left, connections are closed
    }

    private void leave() {
        if (!ended) {
            ended = true;
            config.registry().remove(this);
            executor.close(); // and every timer with it
        }
    }
}
