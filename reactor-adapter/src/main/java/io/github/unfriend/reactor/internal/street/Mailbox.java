/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Brings everything that concerns one owner onto one worker, one thing after the other: events from any thread, timers,
 * and plain words that there is something to look at. However many come, the owner works once for all of them.
 */
final class Mailbox {

    private final Scheduler.Worker worker;
    private final Runnable work;
    private final Queue<Runnable> mail =
            Queues.<Runnable>unboundedMultiproducer().get();
    private final DrainLoop loop = new DrainLoop();

    Mailbox(Scheduler.Worker worker, Runnable work) {
        this.worker = worker;
        this.work = work;
        loop.enter(); // for a mailbox that is not open yet
    }

    /** From now on the owner works. */
    void open() {
        schedule();
    }

    void tell(Runnable event) {
        mail.offer(event);
        wake();
    }

    /** Tells later; forgotten when the mailbox is closed. */
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
    void readAll() {
        Runnable event;
        while ((event = mail.poll()) != null) {
            event.run();
        }
    }

    /** Ends all timers; whatever is told from now on is not heard. */
    void close() {
        worker.dispose();
        mail.clear();
    }

    private void schedule() {
        try {
            worker.schedule(() -> loop.drain(work));
        } catch (RejectedExecutionException closed) {
            mail.clear();
        }
    }
}
