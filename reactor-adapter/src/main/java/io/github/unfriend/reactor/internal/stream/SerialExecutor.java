/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.reactor.internal.concurrent.DrainLoop;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Runs everything that concerns one stream on one worker, one thing after the other: events from any thread, timers,
 * and plain words that there is something to look at. However many come, the stream works once for all of them.
 */
final class SerialExecutor {

    private final Scheduler.Worker worker;
    private final Runnable work;
    private final Queue<Runnable> events =
            Queues.<Runnable>unboundedMultiproducer().get();
    private final DrainLoop loop = new DrainLoop();

    SerialExecutor(Scheduler.Worker worker, Runnable work) {
        this.worker = worker;
        this.work = work;
        loop.enter(); // for an executor that is not open yet
    }

    /** From now on the stream works. */
    void open() {
        schedule();
    }

    void tell(Runnable event) {
        events.offer(event);
        wake();
    }

    /** Tells later; forgotten when the executor is closed. */
    Disposable later(Runnable event, long nanos) {
        try {
            return worker.schedule(() -> tell(event), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return Disposables.disposed();
        }
    }

    void wake() {
        if (loop.enter()) {
            schedule();
        }
    }

    /** On the worker: runs the events that have come. */
    void runAll() {
        Runnable event;
        while ((event = events.poll()) != null) {
            event.run();
        }
    }

    /** Ends all timers; whatever is told from now on is not heard. */
    void close() {
        worker.dispose();
        events.clear();
    }

    private void schedule() {
        try {
            worker.schedule(() -> loop.drain(work));
        } catch (RejectedExecutionException closed) {
            events.clear();
        }
    }
}
