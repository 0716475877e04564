/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.Friendship;
import io.github.unfriend.LocalCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * One subscriber's stream, an actor with a worker of its own. Whatever happens (an account came, a call was answered, a
 * timer rang, more was asked for) is told to it from any thread and dealt with on the worker, one thing after the other:
 * the fields below the line are touched nowhere else, and event loops do nothing but the wire.
 *
 * <p>Demand: a call starts only while the subscriber has asked for more results than wait and are under way. Memory:
 * accounts that wait, are under way or are answered but not emitted are at most twice what the concurrent calls can
 * carry; the source is asked for no more than that.
 */
final class Run<R> implements Subscription {

    private final StreetConfig config;
    private final Work<R> work;
    private final CoreSubscriber<? super R> actual;
    private final Intake intake;
    private final Scheduler.Worker worker;
    private final Queue<Runnable> mail =
            Queues.<Runnable>unboundedMultiproducer().get();
    private final AtomicInteger reasons = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();
    private volatile boolean cancelled;

    // ---- on the worker only ----
    private final Depot depot;
    private final Set<Call<R>> calls = new HashSet<>();
    private final Deque<R> results = new ArrayDeque<>();
    private final Disposable.Swap alarm = Disposables.swap();
    private final long room;
    private long alarmAt = Long.MAX_VALUE;
    private long underWay;
    private long taken;
    private long answered;
    private long emitted;
    private @Nullable Throwable fatal;
    private boolean ended;

    Run(StreetConfig config, Work<R> work, CoreSubscriber<? super R> actual) {
        this.config = config;
        this.work = work;
        this.actual = actual;
        this.worker = config.scheduler().createWorker();
        this.intake = new Intake(this, actual.currentContext());
        this.depot = new Depot(work.maxBatch(), config.linger().toNanos());
        this.room = 2L * config.maxConcurrentCalls() * work.maxBatch();
        reasons.set(1); // asleep until begin(): nothing is signalled before onSubscribe has returned
    }

    Intake intake() {
        return intake;
    }

    void begin() {
        actual.onSubscribe(this);
        schedule();
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            requested.accumulateAndGet(n, Operators::addCap);
            wake();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        intake.cancel();
        wake();
    }

    /** The gateway closes: what has left is waited for, nothing else leaves. */
    void close(Throwable reason) {
        tell(() -> endWith(reason));
    }

    /** Has something done on the worker. */
    void tell(Runnable event) {
        mail.offer(event);
        wake();
    }

    /** Has something done on the worker later; forgotten when the stream ends. */
    Disposable later(Runnable event, long nanos) {
        try {
            return worker.schedule(() -> tell(event), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) {
            return Disposables.disposed();
        }
    }

    void wake() {
        if (reasons.getAndIncrement() == 0) {
            schedule();
        }
    }

    private void schedule() {
        try {
            worker.schedule(this::work);
        } catch (RejectedExecutionException ended) {
            intake.cancel(); // after the end, or the whole scheduler is gone: nobody is left to tell
        }
    }

    private void work() {
        int dealtWith;
        do {
            dealtWith = reasons.get();
            if (cancelled) {
                abandon();
            } else if (!ended) {
                readMail();
                takeIn();
                emit();
                startCalls();
                askSource();
                endIfDone();
            }
        } while (reasons.addAndGet(-dealtWith) != 0);
    }

    private void readMail() {
        Runnable event;
        while ((event = mail.poll()) != null) {
            event.run();
        }
    }

    private void takeIn() {
        Friendship friendship;
        while ((friendship = intake.poll()) != null) {
            String from = friendship.fromAccount();
            String to = friendship.toAccount();
            String problem = work.problemWith(friendship);
            if (problem != null) {
                taken++;
                answer(work.result(from, to, LocalCode.INVALID_USER_ID, problem));
            } else if (depot.add(from, to, config.nanos())) {
                taken++;
            }
        }
    }

    /** A result that is final. */
    void answer(R result) {
        answered++;
        results.add(result);
    }

    /** A call gives its place free; all its accounts have gone elsewhere. */
    void finished(Call<R> call) {
        if (calls.remove(call)) {
            underWay -= call.size();
        }
    }

    void addPiece(Batch batch) {
        depot.addPiece(batch);
    }

    /** Single accounts that failed go again in later batches. */
    void rest(Batch batch, long nanos) {
        depot.rest(batch);
        later(() -> taken -= depot.endRest(batch, config.nanos()), nanos);
    }

    /** Ends the stream after what is on the wire: results first, then this error. */
    void endWith(Throwable error) {
        if (fatal != null) {
            return;
        }
        fatal = error;
        intake.cancel();
        List.copyOf(calls).forEach(Call::stop);
        Consumer<Batch> lastWord =
                batch -> Sorting.ambiguousEnd(work, batch, error).forEach(this::answer);
        depot.empty(lastWord);
    }

    private void emit() {
        long demand = requested.get();
        while (emitted != demand && !cancelled) {
            R result = results.poll();
            if (result == null) {
                return;
            }
            emitted++;
            actual.onNext(result);
        }
    }

    private void startCalls() {
        while (fatal == null
                && calls.size() < config.maxConcurrentCalls()
                && requested.get() - emitted > underWay + results.size()) {
            Batch batch = depot.next(intake.isExhausted() || load() >= room, config.nanos());
            if (batch == null) {
                wakeAt(depot.nextAt());
                return;
            }
            Call<R> call = new Call<>(config, work, batch, this, actual.currentContext());
            calls.add(call);
            underWay += batch.size();
            call.attempt();
        }
    }

    private void wakeAt(long time) {
        if (time != alarmAt) {
            alarmAt = time;
            alarm.update(
                    time == Long.MAX_VALUE
                            ? Disposables.disposed()
                            : later(() -> alarmAt = Long.MAX_VALUE, Math.max(0, time - config.nanos())));
        }
    }

    /** Accounts that this stream has in memory, in any form. */
    private long load() {
        return depot.size() + underWay + results.size();
    }

    private void askSource() {
        if (requested.get() == 0 || fatal != null) {
            return;
        }
        long outstanding = intake.outstanding();
        long free = room - load() - outstanding;
        // In larger pieces, but never so late that a batch has to wait for its accounts.
        if (free >= Math.max(1, room / 8) || (free > 0 && outstanding == 0)) {
            intake.ask(free);
        }
    }

    private void endIfDone() {
        if (cancelled || !calls.isEmpty() || !results.isEmpty()) {
            return;
        }
        Throwable error =
                fatal instanceof FatalRefusalException refusal ? refusal.withNotAttempted(taken - answered) : fatal;
        if (error == null) {
            if (!intake.isExhausted() || depot.size() > 0) {
                return;
            }
            error = intake.error();
        }
        leave();
        if (error == null) {
            actual.onComplete();
        } else {
            actual.onError(error);
        }
    }

    private void abandon() {
        calls.forEach(Call::cancel);
        calls.clear();
        results.clear();
        mail.clear();
        leave();
    }

    private void leave() {
        if (!ended) {
            ended = true;
            config.runs().remove(this);
            worker.dispose(); // and every timer with it
        }
    }
}
