/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

/**
 * Writes results as they come, on a thread of its own, since writing blocks. While results keep coming they are written
 * in large pieces. When no result is waiting, what was gathered is written at once. So no line is held back, and no
 * line costs a system call of its own.
 *
 * <p>Demand: a small window of results is requested at the start, then as many as were written. The gateway reads
 * ahead, so that calls are made at the full rate; a slow output slows them down. Results that are not written after an
 * error are discarded as Reactor does.
 *
 * @param <R> the type of one result
 */
public final class ResultWriter<R> implements CoreSubscriber<R> {

    /** Results that are requested and not yet written. */
    private static final int WINDOW = 1024;
    /** How many are written before more are requested: each request wakes the gateway. */
    private static final int PIECE = WINDOW / 4;

    private final OutputStream out;
    private final Function<R, ResultLine> toLine;
    private final Tally tally;
    private final Queue<R> queue = Queues.<R>get(WINDOW).get();
    private final LineEncoder encoder = new LineEncoder();
    /** Lines that stand in the encoder: they are counted when they are written. */
    private final List<ResultLine> encoded = new ArrayList<>();
    /** One thread that may block: for a slow disk, or for the reader of the pipe. */
    private final Scheduler thread = Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "unfriend-output", 60, true);

    private final AtomicInteger draining = new AtomicInteger();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private Subscription upstream = Operators.cancelledSubscription();
    private volatile boolean ended;
    private volatile @Nullable Throwable error;
    private volatile boolean failed;

    /**
     * Ready to be subscribed, once.
     *
     * @param out where lines go; not closed here
     * @param toLine makes a line of a result
     * @param tally counts what was written
     */
    public ResultWriter(OutputStream out, Function<R, ResultLine> toLine, Tally tally) {
        this.out = out;
        this.toLine = toLine;
        this.tally = tally;
    }

    /**
     * Completes when everything is written; fails with the error that ended the results, or with the
     * {@link OutputException} that ended the writing.
     *
     * @return the end of it all
     */
    public CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscription.request(WINDOW);
    }

    @Override
    public void onNext(R result) {
        queue.offer(result);
        wakeUp();
    }

    @Override
    public void onError(Throwable failure) {
        error = failure;
        onComplete();
    }

    @Override
    public void onComplete() {
        ended = true;
        wakeUp();
    }

    private void wakeUp() {
        if (draining.getAndIncrement() == 0) {
            try {
                thread.schedule(this::drain);
            } catch (RejectedExecutionException afterTheEnd) {
                drain(); // has nothing to do but to discard
            }
        }
    }

    private void drain() {
        int missed = 1;
        do {
            if (failed) {
                discard();
            } else {
                try {
                    writeAll();
                } catch (IOException e) {
                    giveUp(new OutputException(e));
                } catch (Throwable e) {
                    giveUp(e); // otherwise the run would wait for ever for a writer that has ended
                }
            }
            missed = draining.addAndGet(-missed);
        } while (missed != 0);
    }

    private void writeAll() throws IOException {
        boolean last = ended; // before the queue is looked at, or a result could slip in between
        int written = 0;
        R result;
        while ((result = queue.poll()) != null) {
            ResultLine line = toLine.apply(result);
            encoder.add(line);
            encoded.add(line);
            if (encoder.isFull()) {
                writeEncoded();
            }
            if (++written == PIECE) {
                upstream.request(written);
                written = 0;
            }
        }
        writeEncoded();
        if (last) {
            end(error);
        } else if (written > 0) {
            upstream.request(written);
        }
    }

    private void writeEncoded() throws IOException {
        encoder.writeTo(out);
        encoded.forEach(tally::count);
        encoded.clear();
    }

    private void giveUp(Throwable why) {
        failed = true;
        upstream.cancel();
        discard();
        end(why);
    }

    private void discard() {
        Operators.onDiscardQueueWithClear(queue, currentContext(), null);
    }

    private void end(@Nullable Throwable reason) {
        if (reason == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(reason);
        }
        thread.dispose();
    }
}
