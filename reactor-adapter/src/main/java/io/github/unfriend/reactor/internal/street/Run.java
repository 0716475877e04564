/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.AccountFailedException;
import io.github.unfriend.DeadlineExceededException;
import io.github.unfriend.Friendship;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;

/**
 * One subscriber's stream, an actor with a worker of its own. Whatever happens (an account came, a call was answered, a
 * timer rang, more was asked for) is told to it from any thread and dealt with on the worker, one thing after the other:
 * the fields below the line are touched nowhere else, and event loops do nothing but the wire.
 *
 * <p>Demand: a call starts only while the subscriber has asked for more results than wait and are under way. Memory:
 * accounts that wait, are under way or are answered but not emitted are at most twice what the concurrent calls can
 * carry; the source is asked for no more than that.
 */
final class Run<R> implements Subscription {

    private final StreetConfig config;
    private final StreamOptions options;
    private final Work<R> work;
    private final CoreSubscriber<? super R> actual;
    private final Intake intake;
    private final Mailbox mailbox;
    private final Outbox<R> outbox;
    private volatile boolean cancelled;

    // ---- on the worker only ----
    private final Depot depot;
    private final Set<Call<R>> calls = new HashSet<>();
    private final Alarm alarm;
    private final long room;
    private long underWay;
    private long taken;
    private long answered;
    private @Nullable LongFunction<Throwable> fatal;
    private boolean emitting;
    private boolean crashed;
    private boolean ended;

    Run(StreetConfig config, StreamOptions options, Work<R> work, CoreSubscriber<? super R> actual) {
        this.config = config;
        this.options = options;
        this.work = work;
        this.actual = actual;
        this.outbox = new Outbox<>(actual);
        this.mailbox = new Mailbox(config.scheduler().createWorker(), this::work);
        this.alarm = new Alarm(mailbox, config::nanos);
        this.intake = new Intake(this, actual.currentContext());
        this.depot = new Depot(work.maxBatch(), config.linger().toNanos());
        this.room = 2L * config.maxConcurrentCalls() * work.maxBatch();
    }

    Intake intake() {
        return intake;
    }

    void begin() {
        actual.onSubscribe(this);
        Duration deadline = options.deadline();
        if (deadline != null) {
            later(
                    () -> endWith("its time was over", count -> new DeadlineExceededException(deadline, count)),
                    deadline.toNanos());
        }
        mailbox.open(); // nothing is signalled before onSubscribe has returned
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            outbox.request(n);
            wake();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        intake.cancel();
        wake();
    }

    /** The gateway closes: what has left is waited for, nothing else leaves. */
    void close(GatewayClosedException reason) {
        tell(() -> endWith("the gateway was closed", count -> reason.with(List.of(), count)));
    }

    /** Has something done on the worker. */
    void tell(Runnable event) {
        mailbox.tell(event);
    }

    /** Has something done on the worker later; forgotten when the stream ends. */
    Disposable later(Runnable event, long nanos) {
        return mailbox.later(event, nanos);
    }

    void wake() {
        mailbox.wake();
    }

    private void work() {
        try {
            if (cancelled) {
                abandon();
            } else if (!ended) {
                mailbox.readAll();
                takeIn();
                emitting = true;
                outbox.emit(() -> cancelled);
                emitting = false;
                startCalls();
                askSource();
                endIfDone();
            }
        } catch (Throwable error) {
            Exceptions.throwIfFatal(error);
            crash(error);
        }
    }

    /**
     * A pacer of the user's threw where nothing may: the stream ends as at any other fatal error, results first. A
     * subscriber that throws takes no more results, and what happens twice would happen again: then there is no waiting.
     */
    private void crash(Throwable error) {
        if (ended) {
            Operators.onErrorDropped(error, actual.currentContext());
        } else if (emitting || crashed) {
            intake.cancel();
            abandon();
            actual.onError(error);
        } else {
            crashed = true;
            endWith(Verdict.text(error), count -> error);
            wake();
        }
    }

    private void takeIn() {
        Friendship friendship;
        while ((friendship = intake.poll()) != null) {
            String from = friendship.fromAccount();
            String to = friendship.toAccount();
            String problem = work.problemWith(friendship);
            if (problem != null) {
                taken++;
                answer(from, to, LocalCode.INVALID_USER_ID, problem);
            } else if (depot.add(from, to, config.nanos())) {
                taken++;
            }
        }
    }

    /** The last word about an account. */
    void answer(String from, String to, int code, String info) {
        answered++;
        depot.answered(from);
        outbox.add(work.result(from, to, code, info));
        config.watch().result(work.api(), code, info);
        if (options.stopOnError() && !Outcome.of(code, info).isGone()) {
            endWith("the stream was stopped", count -> new AccountFailedException(from, to, code, info, count));
        }
    }

    /** A call gives its place free; all its accounts have gone elsewhere. */
    void finished(Call<R> call) {
        if (calls.remove(call)) {
            underWay -= call.size();
        }
    }

    void addPiece(Batch batch) {
        if (isOpen(batch)) {
            depot.addPiece(batch);
        }
    }

    /** After the stream was ended nothing waits any more. */
    private boolean isOpen(Batch batch) {
        if (fatal != null) {
            Sorting.ambiguousEnd(this, batch, "the stream ended");
        }
        return fatal == null;
    }

    /** Single accounts that failed go again in later batches. */
    void rest(Batch batch, long nanos) {
        if (isOpen(batch)) {
            depot.rest(batch);
            later(() -> taken -= depot.endRest(batch, false, config.nanos()), nanos);
        }
    }

    /** A whole batch goes again as it is. */
    void laterAgain(Batch batch, long nanos) {
        if (isOpen(batch)) {
            depot.rest(batch);
            later(() -> depot.endRest(batch, true, config.nanos()), nanos);
        }
    }

    /** Ends the stream after what is on the wire: results first, then this error. */
    void endWith(String reason, LongFunction<Throwable> error) {
        if (fatal != null) {
            return;
        }
        fatal = error;
        intake.cancel();
        List.copyOf(calls).forEach(Call::stop);
        depot.empty(batch -> Sorting.ambiguousEnd(this, batch, reason));
    }

    private void startCalls() {
        while (!cancelled
                && fatal == null
                && calls.size() < config.maxConcurrentCalls()
                && outbox.wanted() > underWay) {
            Batch batch = depot.next(intake.isExhausted() || load() >= room, config.nanos());
            if (batch == null) {
                alarm.at(depot.nextAt());
                return;
            }
            String owner = batch.fromAccount();
            SerialOwners.Turn turn = null;
            if (config.serialOwners().contains(owner)) {
                turn = config.serialOwners().enter(owner, () -> tell(() -> depot.unpark(owner)));
                if (turn == null) {
                    depot.park(batch);
                    continue;
                }
            }
            Call<R> call = new Call<>(config, work, batch, turn, this, actual.currentContext());
            calls.add(call);
            underWay += batch.size();
            call.start();
        }
    }

    /** Accounts that this stream has in memory, in any form. */
    private long load() {
        return depot.size() + underWay + outbox.size();
    }

    private void askSource() {
        if (outbox.isOpen() && fatal == null) {
            // In larger pieces, but never so late that a batch has to wait for its accounts.
            intake.askUpTo(room - load(), Math.max(1, room / 8));
        }
    }

    private void endIfDone() {
        if (cancelled || !calls.isEmpty() || !outbox.isEmpty()) {
            return;
        }
        Throwable error = fatal == null ? null : fatal.apply(taken - answered);
        if (error == null) {
            if (!intake.isExhausted() || depot.size() > 0) {
                return;
            }
            error = intake.error();
        }
        leave();
        if (error == null) {
            actual.onComplete();
        } else {
            actual.onError(error);
        }
    }

    private void abandon() {
        calls.forEach(Call::cancel);
        calls.clear();
        outbox.clear();
        leave();
    }

    private void leave() {
        if (!ended) {
            ended = true;
            config.runs().remove(this);
            mailbox.close(); // and every timer with it
        }
    }
}
