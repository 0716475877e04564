/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.concurrent.DrainLoop;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * Takes in what the source signals, on the source's thread, and asks it for more on a thread where it may take its time
 * or block: neither holds up the stream. {@link #poll}, {@link #askUpTo} and {@link #close} belong to the worker of the
 * stream.
 */
final class SourceSubscriber<T> implements CoreSubscriber<T> {

    private final Runnable wake;
    private final Elements<T> elements;
    private final Scheduler scheduler;
    private final Context context;
    private final Queue<Pending<T>> arrived = Queues.<Pending<T>>unbounded().get();
    private final AtomicReference<@Nullable Subscription> source = new AtomicReference<>();
    private final AtomicLong toRequest = new AtomicLong();
    private final DrainLoop requesting = new DrainLoop();
    private final Disposable.Swap asking = Disposables.swap();
    private final DrainLoop discarding = new DrainLoop();
    private volatile boolean done;
    private volatile boolean closed;
    private volatile @Nullable Throwable error;
    private volatile long received;
    private volatile long asked;
    private long polled;

    SourceSubscriber(Runnable wake, Elements<T> elements, Scheduler scheduler, Context context) {
        this.wake = wake;
        this.elements = elements;
        this.scheduler = scheduler;
        this.context = context;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (source.compareAndSet(null, subscription)) {
            wake.run();
        } else {
            subscription.cancel();
        }
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // signals come one after the other
    public void onNext(T element) {
        if (done) {
            Operators.onNextDropped(element, context);
            return;
        }
        received++;
        if (received > asked) {
            Operators.onDiscard(element, context);
            cancel();
            finish(Exceptions.failWithOverflow(
                    "The source of accounts sends more than it was asked for; it breaks Reactive Streams rule 1.1."));
            return;
        }
        try {
            arrived.offer(elements.pending(element));
        } catch (Throwable fatal) { // of the JVM, from the function
            Operators.onDiscard(element, context);
            cancel();
            finish(fatal);
            return;
        }
        wake.run(); // first: between the offer and the look at closed there must be a full fence
        if (closed) {
            discardArrived();
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (done) {
            Operators.onErrorDropped(failure, context);
        } else {
            finish(failure);
        }
    }

    @Override
    public void onComplete() {
        if (!done) {
            finish(null);
        }
    }

    private void finish(@Nullable Throwable failure) {
        error = failure;
        done = true;
        wake.run();
    }

    /**
     * Does not throw, whatever the source does: who cancels has more to end than this. A source that blocks while it is
     * asked is interrupted, as by {@code subscribeOn}.
     */
    void cancel() {
        Subscription subscription = source.getAndSet(Operators.cancelledSubscription());
        if (subscription != null) {
            try {
                subscription.cancel();
            } catch (Throwable thrown) {
                Exceptions.throwIfJvmFatal(thrown);
                Operators.onErrorDropped(thrown, context);
            }
        }
        asking.dispose();
    }

    @Nullable
    Pending<T> poll() {
        Pending<T> element = arrived.poll();
        if (element != null) {
            polled++;
        }
        return element;
    }

    /** The source has said its last word, and everything it sent was polled. */
    boolean isExhausted() {
        return done && arrived.isEmpty();
    }

    /** What the source ended with; null if it completed, or has not ended. */
    @Nullable
    Throwable error() {
        return error;
    }

    /** How many elements the source has sent. */
    long received() {
        return received;
    }

    /** Nothing is polled any more: what has arrived and what still arrives is discarded. */
    void close() {
        cancel();
        closed = true;
        discardArrived();
    }

    private void discardArrived() {
        if (discarding.enter()) {
            discarding.drain(() -> {
                Pending<T> element;
                while ((element = arrived.poll()) != null) {
                    Operators.onDiscard(element.element(), context);
                }
            });
        }
    }

    /** Asks for as much as there is room for, what was asked for and was not polled yet included. */
    void askUpTo(long room, long piece) {
        long outstanding = asked - polled;
        long free = room - outstanding;
        if (free >= piece || (free > 0 && outstanding == 0)) {
            ask(free);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // asked on the worker only
    private void ask(long more) {
        if (source.get() == null || done) {
            return;
        }
        asked += more;
        toRequest.addAndGet(more);
        if (requesting.enter()) {
            try {
                asking.replace(scheduler.schedule(() -> requesting.drain(this::request)));
            } catch (RejectedExecutionException shutDown) {
                broken(shutDown);
            }
        }
    }

    private void request() {
        Subscription subscription = source.get();
        if (subscription != null) {
            request(subscription, toRequest.getAndSet(0));
        }
    }

    private void request(Subscription subscription, long more) {
        if (more == 0) {
            return;
        }
        try {
            subscription.request(more);
        } catch (Throwable thrown) {
            broken(thrown);
        }
    }

    /** A source that throws, which it must not (rule 3.16), has ended with that error: what it sent is worked off. */
    private void broken(Throwable thrown) {
        cancel();
        onError(thrown);
    }
}
