/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.Friendship;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * The door at which accounts come in: takes what the source signals, on the source's thread, and asks it for no more
 * than there is room for. {@link #poll}, {@link #ask} and the counts belong to the run's worker.
 */
final class Intake implements CoreSubscriber<Friendship> {

    private final Run<?> run;
    private final Context context;
    private final Queue<Friendship> arrived = Queues.<Friendship>unbounded().get();
    private final AtomicReference<@Nullable Subscription> source = new AtomicReference<>();
    private volatile boolean done;
    private volatile @Nullable Throwable error;
    private long received;
    private volatile long asked;
    private long polled;

    Intake(Run<?> run, Context context) {
        this.run = run;
        this.context = context;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (source.compareAndSet(null, subscription)) {
            run.wake();
        } else {
            subscription.cancel();
        }
    }

    @Override
    public void onNext(Friendship friendship) {
        if (done) {
            Operators.onNextDropped(friendship, context);
            return;
        }
        received++;
        if (received > asked) {
            cancel();
            finish(Exceptions.failWithOverflow(
                    "The source of accounts sends more than it was asked for; it breaks Reactive Streams rule 1.1."));
            return;
        }
        arrived.offer(friendship);
        run.wake();
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
        run.wake();
    }

    void cancel() {
        Subscription subscription = source.getAndSet(Operators.cancelledSubscription());
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Nullable
    Friendship poll() {
        Friendship friendship = arrived.poll();
        if (friendship != null) {
            polled++;
        }
        return friendship;
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

    /** Accounts that were asked for and were not polled yet. */
    long outstanding() {
        return asked - polled;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // asked on the worker only
    void ask(long more) {
        Subscription subscription = source.get();
        if (subscription != null && !done) {
            asked += more;
            subscription.request(more);
        }
    }
}
