/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.AccountFailedException;
import io.github.unfriend.DeadlineExceededException;
import io.github.unfriend.Friendship;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.ResultItem;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.UnfriendException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;

/**
 * One subscriber who wants one friendship deleted. Its deadline and its cancel take its own account out, if no call has
 * left with it; one that is on the wire is waited for at a deadline, and not sent again.
 */
final class SingleDeletion implements Subscription {

    private final StreamContext config;
    private final Function<SingleDeletion, Place> way;
    private final Friendship friendship;
    private final StreamOptions options;
    private final CoreSubscriber<? super ResultItem> actual;
    private final AtomicBoolean entered = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Disposable.Swap timer = Disposables.swap();
    private volatile boolean withdrawn;
    private volatile @Nullable Place place;
    private @Nullable ResultItem result;

    /** Where the element of a caller is. */
    interface Place {

        /** Takes it out, if no call has left with it. */
        void withdraw();
    }

    SingleDeletion(
            StreamContext config,
            Function<SingleDeletion, Place> way,
            Friendship friendship,
            StreamOptions options,
            CoreSubscriber<? super ResultItem> actual) {
        this.config = config;
        this.way = way;
        this.friendship = friendship;
        this.options = options;
        this.actual = actual;
    }

    Friendship friendship() {
        return friendship;
    }

    boolean isWithdrawn() {
        return withdrawn;
    }

    void begin() {
        actual.onSubscribe(this);
        if (config.registry().isClosed() && entered.compareAndSet(false, true)) {
            failed(new GatewayClosedException());
            return;
        }
        Duration deadline = options.deadline();
        if (deadline != null && !ended.get()) {
            timer.update(
                    config.scheduler().schedule(() -> timeIsOver(deadline), deadline.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n) && !ended.get() && entered.compareAndSet(false, true)) {
            try {
                place = way.apply(this);
            } catch (UnfriendException refused) {
                failed(refused);
            }
            if (withdrawn) {
                withdraw();
            }
        }
    }

    @Override
    public void cancel() {
        if (ended.compareAndSet(false, true)) {
            timer.dispose();
            withdraw();
        }
    }

    private void timeIsOver(Duration deadline) {
        if (entered.compareAndSet(false, true)) {
            failed(new DeadlineExceededException(deadline, 1));
        } else {
            withdraw();
        }
    }

    private void withdraw() {
        withdrawn = true;
        @Nullable Place current = place;
        if (current != null) {
            current.withdraw();
        }
    }

    /** On the worker of the shared stream: what became of the account. */
    static SingleDeletion settle(SingleDeletion caller, String from, String to, int code, String info) {
        caller.result = new ResultItem(from, to, code, info);
        return caller;
    }

    /** The result is there. */
    void answered() {
        ResultItem item = result;
        if (item == null) {
            return;
        }
        if (!ended.compareAndSet(false, true)) {
            Operators.onDiscard(item, actual.currentContext());
            return;
        }
        timer.dispose();
        if (options.stopOnError() && !item.outcome().isGone()) {
            Throwable error = new AccountFailedException(
                            item.fromAccount(), item.toAccount(), item.resultCode(), item.resultInfo(), 0)
                    .with(List.of(item), 0);
            signal(() -> actual.onError(error));
            return;
        }
        signal(() -> {
            actual.onNext(item);
            actual.onComplete();
        });
    }

    /** It was taken out before a call left with it. */
    void withdrawnInTime() {
        Operators.onDiscard(friendship, actual.currentContext());
        Duration deadline = options.deadline();
        if (deadline != null) {
            failed(new DeadlineExceededException(deadline, 1));
        }
    }

    /** There will be no result. */
    void failed(Throwable error) {
        if (ended.compareAndSet(false, true)) {
            timer.dispose();
            // Each has one of its own, which may get suppressed ones and is told that one account has no result.
            Throwable own = error instanceof UnfinishedException unfinished ? unfinished.with(List.of(), 1) : error;
            signal(() -> actual.onError(own));
        }
    }

    /** A subscriber that throws breaks the rules, and harms nobody but itself. */
    private void signal(Runnable signals) {
        try {
            signals.run();
        } catch (Throwable thrown) { // also one of the JVM: the others wait for the same execution
            Operators.onErrorDropped(thrown, actual.currentContext());
        }
    }
}
