/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.Friendship;
import io.github.unfriend.LocalCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * One subscriber's stream. Everybody tells the run what happened (an account came, a call ended, a timer rang, more was
 * asked for) and tries to drain; one thread at a time does, for all of them. All fields below the line are its own.
 *
 * <p>Demand: a call starts only while the subscriber has asked for more results than wait and are under way. Memory:
 * accounts held, under way and waiting to be emitted are at most twice what the concurrent calls can carry; the source
 * is asked for no more than that.
 */
final class Run<R> implements Subscription, CallOwner<R> {

    /** A group this many linger times old goes before any fuller one. */
    private static final int PATIENCE = 20;

    private final StreetConfig config;
    private final Work<R> work;
    private final CoreSubscriber<? super R> actual;
    private final Intake intake;
    private final Consequences consequences;
    private final Queue<Finished<R>> ended =
            Queues.<Finished<R>>unboundedMultiproducer().get();
    private final Queue<Batch> rested = Queues.<Batch>unboundedMultiproducer().get();
    private final Disposable.Composite rests = Disposables.composite();
    private final AtomicReference<@Nullable Throwable> closed = new AtomicReference<>();
    private final Disposable.Swap linger = Disposables.swap();
    private final AtomicInteger draining = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();
    private volatile boolean begun;
    private volatile boolean cancelled;

    // ---- the draining thread's own ----
    private final Gatherer gatherer;
    private final Deque<Batch> first = new ArrayDeque<>();
    private final Set<Call<R>> calls = new HashSet<>();
    private final Set<Batch> resting = new LinkedHashSet<>();
    private final Deque<R> results = new ArrayDeque<>();
    private final long room;
    private long underWay;
    private long held;
    private long lingerUntil;
    private long taken;
    private long answered;
    private long emitted;
    private @Nullable Throwable fatal;
    private boolean terminated;

    Run(StreetConfig config, Work<R> work, CoreSubscriber<? super R> actual) {
        this.config = config;
        this.work = work;
        this.actual = actual;
        this.intake = new Intake(this, actual.currentContext());
        this.consequences = new Consequences(config.pacer());
        this.gatherer = new Gatherer(work.maxBatch());
        this.room = 2L * config.maxConcurrentCalls() * work.maxBatch();
    }

    Intake intake() {
        return intake;
    }

    void begin() {
        actual.onSubscribe(this);
        begun = true; // no signal before onSubscribe has returned
        drain();
    }

    @Override
    public Context context() {
        return actual.currentContext();
    }

    @Override
    public Consequences consequences() {
        return consequences;
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            requested.accumulateAndGet(n, Operators::addCap);
            drain();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        intake.cancel();
        drain();
    }

    @Override
    public void finished(Finished<R> finished) {
        ended.offer(finished);
        drain();
    }

    /** The gateway closes: what has left is waited for, nothing else leaves. */
    void close(Throwable reason) {
        closed.compareAndSet(null, reason);
        drain();
    }

    void drain() {
        if (draining.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            if (cancelled) {
                abandon();
            } else if (begun && !terminated) {
                takeIn();
                clearAway();
                emit();
                startCalls();
                askSource();
                endIfDone();
            }
            missed = draining.addAndGet(-missed);
        } while (missed != 0);
    }

    private void takeIn() {
        Friendship friendship;
        while ((friendship = intake.poll()) != null) {
            String problem = work.problemWith(friendship);
            if (problem != null) {
                taken++;
                answer(work.result(
                        friendship.fromAccount(), friendship.toAccount(), LocalCode.INVALID_USER_ID, problem));
            } else if (gatherer.add(friendship.fromAccount(), friendship.toAccount(), Trace.FRESH, config.nanos())) {
                taken++;
            }
        }
    }

    private void clearAway() {
        Finished<R> finished;
        while ((finished = ended.poll()) != null) {
            calls.remove(finished.call());
            underWay -= finished.call().size();
            finished.results().forEach(this::answer);
            for (Batch batch : finished.batches()) {
                first.add(batch);
                held += batch.size();
            }
            Batch again = finished.again();
            if (again != null) {
                rest(again, finished.againAfter().toNanos());
            }
            endWith(finished.fatal());
        }
        Batch batch;
        while ((batch = rested.poll()) != null) {
            if (resting.remove(batch)) {
                held -= batch.size();
                regather(batch);
            }
        }
        endWith(closed.get());
    }

    private void regather(Batch batch) {
        batch.accounts().forEach((account, trace) -> {
            if (!gatherer.add(batch.fromAccount(), account, trace, config.nanos())) {
                taken--; // came a second time meanwhile: both end in one result
            }
        });
    }

    private void endWith(@Nullable Throwable error) {
        if (error == null || fatal != null) {
            return;
        }
        fatal = error;
        intake.cancel();
        List.copyOf(calls).forEach(Call::stop);
        resting.forEach(batch -> Sorting.ambiguousEnd(work, batch, error).forEach(this::answer));
        resting.clear();
        rests.dispose();
        linger.dispose();
        Batch batch;
        while ((batch = first.isEmpty() ? gatherer.pollFullest() : first.poll()) != null) {
            Sorting.ambiguousEnd(work, batch, error).forEach(this::answer);
        }
    }

    private void answer(R result) {
        answered++;
        results.add(result);
    }

    /** Single accounts that failed wait apart and then join whatever is gathered for their owner by then. */
    private void rest(Batch batch, long nanos) {
        resting.add(batch);
        held += batch.size();
        Disposable.Swap timer = Disposables.swap();
        rests.add(timer);
        timer.update(config.scheduler()
                .schedule(
                        () -> {
                            rests.remove(timer);
                            rested.offer(batch);
                            drain();
                        },
                        nanos,
                        TimeUnit.NANOSECONDS));
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
            Batch batch = nextBatch();
            if (batch == null) {
                return;
            }
            Call<R> call = new Call<>(config, work, batch, this);
            calls.add(call);
            underWay += batch.size();
            call.attempt();
        }
    }

    private @Nullable Batch nextBatch() {
        Batch batch = first.poll();
        if (batch != null) {
            held -= batch.size();
            return batch;
        }
        batch = gatherer.pollFull();
        if (batch != null || !gatherer.hasOpen()) {
            return batch;
        }
        if (intake.isExhausted() || isFull()) {
            return gatherer.pollFullest();
        }
        long age = config.nanos() - gatherer.oldestSince();
        long patience = config.linger().toNanos();
        if (age >= patience) {
            return age >= PATIENCE * patience ? gatherer.pollOldest() : gatherer.pollFullest();
        }
        wakeAt(gatherer.oldestSince() + patience, patience - age);
        return null;
    }

    private void wakeAt(long time, long nanosFromNow) {
        if (time != lingerUntil) {
            lingerUntil = time;
            linger.update(config.scheduler().schedule(this::drain, nanosFromNow, TimeUnit.NANOSECONDS));
        }
    }

    private boolean isFull() {
        return load() >= room;
    }

    /** Accounts that this stream has in memory, in any form. */
    private long load() {
        return gatherer.held() + held + underWay + results.size();
    }

    private void askSource() {
        if (requested.get() == 0 || fatal != null) {
            return;
        }
        long free = room - load() - intake.outstanding();
        // In larger pieces, but never so late that a batch has to wait for its accounts.
        if (free >= Math.max(1, room / 8) || (free > 0 && intake.outstanding() == 0)) {
            intake.ask(free);
        }
    }

    private void endIfDone() {
        if (!calls.isEmpty() || !results.isEmpty() || !ended.isEmpty()) {
            return;
        }
        Throwable error =
                fatal instanceof FatalRefusalException refusal ? refusal.withNotAttempted(taken - answered) : fatal;
        if (error == null) {
            if (!intake.isExhausted() || gatherer.held() > 0 || held > 0) {
                return;
            }
            error = intake.error();
        }
        terminated = true;
        linger.dispose();
        config.runs().remove(this);
        if (error == null) {
            actual.onComplete();
        } else {
            actual.onError(error);
        }
    }

    private void abandon() {
        config.runs().remove(this);
        calls.forEach(Call::cancel);
        calls.clear();
        rests.dispose();
        linger.dispose();
        results.clear();
        ended.clear();
    }
}
