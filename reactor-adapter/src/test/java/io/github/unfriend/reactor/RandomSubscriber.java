/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.ResultItem;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

/** Asks for random numbers of results, and may leave at a random moment. */
final class RandomSubscriber extends BaseSubscriber<ResultItem> {

    private final Random random;
    private final int leaveAfter;
    private final Queue<ResultItem> items = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable Throwable error;
    private volatile boolean left;
    private long open;

    RandomSubscriber(long seed, boolean leaves) {
        this.random = new Random(seed);
        this.leaveAfter = leaves ? random.nextInt(30) : Integer.MAX_VALUE;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        ask();
    }

    private void ask() {
        open = random.nextInt(8) == 0 ? Long.MAX_VALUE : 1 + random.nextInt(12);
        request(open);
    }

    @Override
    protected void hookOnNext(ResultItem item) {
        items.add(item);
        if (items.size() > leaveAfter) {
            left = true;
            cancel();
        } else if (--open == 0) {
            ask();
        }
    }

    @Override
    protected void hookOnError(Throwable failure) {
        error = failure;
    }

    @Override
    protected void hookFinally(SignalType type) {
        end.countDown();
    }

    void awaitEnd() {
        try {
            if (!end.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("no end within a minute");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    List<ResultItem> items() {
        return List.copyOf(items);
    }

    @Nullable
    Throwable error() {
        return error;
    }

    boolean isCancelled() {
        return left;
    }
}
