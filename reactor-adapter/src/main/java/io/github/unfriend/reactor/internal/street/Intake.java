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
 * than there is room for. {@link #poll}, {@link #askUpTo} and the counts belong to the run's worker.
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

    /** Does not throw, whatever the source does: who cancels has more to end than this. */
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

    /** Asks for as much as there is room for, what was asked for and was not polled yet included. */
    void askUpTo(long room, long piece) {
        long outstanding = asked - polled;
        long free = room - outstanding;
        if (free >= piece || (free > 0 && outstanding == 0)) {
            ask(free);
        }
    }

    /** A source that throws, which it must not (rule 3.16), has ended with that error: what it sent is worked off. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // asked on the worker only
    private void ask(long more) {
        Subscription subscription = source.get();
        if (subscription != null && !done) {
            asked += more;
            try {
                subscription.request(more);
            } catch (Throwable thrown) {
                Exceptions.throwIfJvmFatal(thrown);
                cancel();
                onError(thrown);
            }
        }
    }
}
