/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.ResultItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * One stream through a {@link Valve}. Fields below the line are touched on the worker only. Results that nobody takes
 * any more are discarded as Reactor does, see {@code doOnDiscard}.
 */
final class ValveSubscription implements CoreSubscriber<ResultItem>, Subscription {

    /** The number of periods before the first sign of life. */
    private static final int QUIET_AT_FIRST = 10;
    /** The fewest results that are requested at a time: each request wakes the gateway. */
    private static final int PIECE = Valve.WINDOW / 4;

    private final Valve valve;
    private final CoreSubscriber<? super List<ResultItem>> actual;
    private final Scheduler.Worker worker;
    private final Queue<ResultItem> arrived = Queues.<ResultItem>unbounded().get();
    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger wakes = new AtomicInteger();
    private volatile @Nullable Subscription source;
    private volatile boolean cancelled;
    private volatile boolean done;
    private volatile @Nullable Throwable error;

    // ---- on the worker only ----
    /** Results that were requested and not handed on. */
    private int outstanding;

    private long lists;
    private long listsBefore;
    private boolean ended;

    ValveSubscription(Valve valve, CoreSubscriber<? super List<ResultItem>> actual, Scheduler.Worker worker) {
        this.valve = valve;
        this.actual = actual;
        this.worker = worker;
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (Operators.validate(source, subscription)) {
            source = subscription;
            actual.onSubscribe(this);
        }
    }

    @Override
    public void onNext(ResultItem result) {
        arrived.offer(result);
        wake();
    }

    @Override
    public void onError(Throwable failure) {
        error = failure;
        done = true;
        wake();
    }

    @Override
    public void onComplete() {
        done = true;
        wake();
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
        Subscription subscription = source;
        if (subscription != null) {
            subscription.cancel();
        }
        wake();
    }

    /** Something has changed; the worker looks what. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            try {
                worker.schedule(this::work);
            } catch (RejectedExecutionException afterTheEnd) {
                work(); // has nothing to do but to discard
            }
        }
    }

    /** To be called once, before the stream begins: an error in its first periods may still be the whole answer. */
    void showLife(Duration period) {
        long nanos = period.toNanos();
        worker.schedulePeriodically(this::showLife, QUIET_AT_FIRST * nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void showLife() {
        if (!ended && !cancelled && lists == listsBefore && lists != requested.get()) {
            lists++;
            actual.onNext(List.of());
        }
        listsBefore = lists;
    }

    private void work() {
        int seen;
        do {
            seen = wakes.get();
            if (cancelled || ended) {
                leave();
            } else {
                handOn();
                ask();
                endIfDone();
            }
        } while (wakes.addAndGet(-seen) != 0);
    }

    private void handOn() {
        while (lists != requested.get() && !cancelled) {
            List<ResultItem> list = new ArrayList<>();
            ResultItem result;
            while ((result = arrived.poll()) != null) {
                list.add(result);
            }
            if (list.isEmpty()) {
                return;
            }
            lists++;
            outstanding -= list.size();
            actual.onNext(list);
        }
    }

    /** Requests nothing for a reader without demand, such as a full socket. */
    private void ask() {
        int free = Valve.WINDOW - outstanding;
        Subscription subscription = source;
        if (subscription != null && free >= PIECE && lists != requested.get() && !valve.isShut() && !done) {
            outstanding += free;
            subscription.request(free);
        }
    }

    private void endIfDone() {
        if (!done || !arrived.isEmpty() || cancelled) {
            return;
        }
        leave();
        Throwable failure = error;
        if (failure == null) {
            actual.onComplete();
        } else {
            actual.onError(failure);
        }
    }

    private void leave() {
        if (!ended) {
            ended = true;
            valve.ended(this);
            worker.dispose();
        }
        Operators.onDiscardQueueWithClear(arrived, actual.currentContext(), null);
    }
}
