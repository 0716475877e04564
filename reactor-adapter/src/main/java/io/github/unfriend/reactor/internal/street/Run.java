/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.AccountFailedException;
import io.github.unfriend.DeadlineExceededException;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * One subscriber's stream, an actor with a worker of its own. Whatever happens (an element came, a call was answered, a
 * timer rang, more was asked for) is told to it from any thread and dealt with on the worker, one thing after the other:
 * the fields below the line are touched nowhere else, and event loops do nothing but the wire.
 *
 * <p>Demand: see {@link #allowance}. Memory: see {@link #room}; the source is asked for no more than that.
 */
final class Run<T, R> implements Subscription {

    /** Elements that are asked of the source at once, where batches are small. */
    private static final int SMALL_WINDOW = 256;

    private final StreetConfig config;
    private final StreamOptions options;
    private final Work work;
    private final ResultFactory<T, R> results;
    private final CoreSubscriber<? super R> actual;
    private final Intake<T> intake;
    private final Mailbox mailbox;
    private final Outbox<R> outbox;
    private volatile boolean cancelled;
    private volatile boolean ending;

    // ---- on the worker only ----
    private final Gathering gathering;
    private final Depot<T> depot;
    private final Set<Call<T>> calls = new LinkedHashSet<>();
    /** Calls between two attempts: the places are for others meanwhile. */
    private final Set<Call<T>> pausing = new HashSet<>();
    /** Calls whose pause is over and that wait for a place. */
    private final Deque<Call<T>> due = new ArrayDeque<>();

    private final Alarm alarm;
    private long underWay;
    /** Elements that did not come from the source. */
    private long told;

    private long answered;
    private boolean withdrawals;
    private @Nullable LongFunction<Throwable> fatal;
    private boolean emitting;
    private boolean crashed;
    private boolean ended;

    Run(
            StreetConfig config,
            StreamOptions options,
            Elements<T> elements,
            ResultFactory<T, R> results,
            Gathering gathering,
            Scheduler sourceScheduler,
            CoreSubscriber<? super R> actual) {
        this.config = config;
        this.options = options;
        this.work = elements.work();
        this.results = results;
        this.actual = actual;
        this.outbox = new Outbox<>(actual);
        this.mailbox = new Mailbox(config.scheduler().createWorker(), this::work);
        this.alarm = new Alarm(mailbox, config::nanos);
        this.intake = new Intake<>(this, elements, sourceScheduler, actual.currentContext());
        this.gathering = gathering;
        this.depot = new Depot<>(gathering);
    }

    Intake<T> intake() {
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

    /** It was never begun, and will not be. */
    void drop() {
        mailbox.close();
    }

    private void work() {
        try {
            if (cancelled) {
                abandon();
            } else if (!ended) {
                mailbox.readAll();
                takeIn();
                emit();
                startCalls();
                askSource();
                endIfDone();
            }
        } catch (Throwable error) { // also one of the JVM: whoever waits for this stream is to hear of it
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
            abandon();
            actual.onError(error);
        } else {
            crashed = true;
            endWith(Verdict.text(error), count -> error);
            wake();
        }
    }

    private void takeIn() {
        Pending<T> element;
        while (fatal == null && (element = intake.poll()) != null) {
            add(element);
        }
    }

    /** Whether it ends with an error: what comes now gets no result. */
    boolean isEnding() {
        return ending;
    }

    /** On the worker: a new element that does not come from the source. */
    void addTold(Pending<T> element) {
        told++;
        add(element);
    }

    private void add(Pending<T> element) {
        if (fatal != null) {
            discard(element);
        } else if (element instanceof Unsendable<T> unsendable) {
            answer(element, unsendable.code, unsendable.problem);
        } else {
            Call<T> call = depot.add(element, config.nanos());
            if (call != null) {
                call.grew();
                underWay++;
            }
        }
    }

    /** Nobody waits for this element any more: it does not leave, or is not sent again. */
    void withdraw(Pending<T> element) {
        tell(() -> {
            element.withdrawn = true;
            withdrawals = true;
            Batch<T> batch = element.batch;
            if (batch != null) {
                dropWithdrawn(batch);
            } else if (!element.answered) { // the stream ends, and had discarded it
                discard(element);
            }
        });
    }

    /** Elements that nobody waits for are taken out of a batch, unless it has left. */
    void dropWithdrawn(Batch<T> batch) {
        if (withdrawals) {
            takeOut(batch, element -> element.withdrawn)
                    .forEach(element -> Sorting.ambiguousEnd(this, element, "nobody waited for it any more"));
        }
    }

    /** Takes elements out of a batch, unless it has left; they are nowhere then. */
    List<Pending<T>> takeOut(Batch<T> batch, Predicate<Pending<T>> unwanted) {
        Call<T> call = batch.call();
        List<Pending<T>> taken = call == null ? depot.takeOut(batch, unwanted) : batch.takeOut(unwanted);
        taken.forEach(depot::forget);
        if (call != null) {
            call.shrank(taken.size());
            underWay -= taken.size();
            call.endIfEmpty();
        }
        return taken;
    }

    /** The last word about an account, for each of its elements. */
    void answer(Pending<T> account, int code, String info) {
        depot.forget(account);
        for (Pending<T> each = account; each != null; each = each.next) {
            answered++;
            each.answered = true;
            outbox.add(results.result(each.element, each.fromAccount, each.toAccount, code, info));
            config.watch().result(work.api(), code, info);
        }
        if (options.stopOnError() && !Outcome.of(code, info).isGone()) {
            endWith(
                    "the stream was stopped",
                    count -> new AccountFailedException(account.fromAccount, account.toAccount, code, info, count));
        }
    }

    /** An account gets no result: its elements are discarded, and the error that ends the stream counts them. */
    void discard(Pending<T> account) {
        depot.forget(account);
        for (Pending<T> each = account; each != null; each = each.next) {
            Operators.onDiscard(each.element, actual.currentContext());
        }
    }

    /** A call gives its place free; all its accounts have gone elsewhere, or go there now. */
    void finished(Call<T> call) {
        if (calls.remove(call)) {
            pausing.remove(call);
            due.remove(call);
            underWay -= call.elements();
            outbox.nextCall();
        }
    }

    /** A call waits for its next attempt. */
    void pauses(Call<T> call) {
        pausing.add(call);
    }

    /** It has waited long enough; its next attempt begins when there is a place. */
    void isDue(Call<T> call) {
        due.add(call);
    }

    /** Some elements of a call have their results while it goes on with the others. */
    void answeredEarly(Call<T> call, int count) {
        call.shrank(count);
        underWay -= count;
    }

    void addPiece(Batch<T> batch) {
        if (returns(batch)) {
            depot.addPiece(batch);
            dropWithdrawn(batch);
        }
    }

    /** Single accounts that failed go again in later batches. */
    void rest(Batch<T> batch, long nanos) {
        restUntil(batch, nanos, false);
    }

    /** A whole batch goes again as it is. */
    void laterAgain(Batch<T> batch, long nanos) {
        restUntil(batch, nanos, true);
    }

    private void restUntil(Batch<T> batch, long nanos, boolean whole) {
        if (returns(batch)) {
            depot.rest(batch);
            later(() -> depot.endRest(batch, whole, config.nanos()), nanos);
            dropWithdrawn(batch);
        }
    }

    /** After the stream was ended nothing waits any more. */
    private boolean returns(Batch<T> batch) {
        if (fatal != null) {
            Sorting.ambiguousEnd(this, batch, "the stream ended");
            return false;
        }
        batch.returns();
        return true;
    }

    /** Ends the stream after what is on the wire: results first, then this error. */
    void endWith(String reason, LongFunction<Throwable> error) {
        if (fatal != null) {
            return;
        }
        fatal = error;
        ending = true;
        intake.close();
        List.copyOf(calls).forEach(Call::stop);
        depot.empty(batch -> Sorting.ambiguousEnd(this, batch, reason));
    }

    private void emit() {
        emitting = true;
        if (outbox.emit(() -> cancelled)) {
            wake();
        }
        emitting = false;
    }

    private void startCalls() {
        while (!cancelled && fatal == null && hasPlace()) {
            Call<T> again = due.poll();
            if (again != null) {
                if (pausing.remove(again)) { // else it ended meanwhile
                    again.attempt();
                }
                continue;
            }
            long allowance = mayBegin() ? allowance() : 0;
            Batch<T> batch = allowance <= 0 ? null : depot.next(intake.isExhausted() || room() <= 0, config.nanos());
            if (batch == null || batch.elements() > allowance) {
                // More demand comes with a word of its own; more time does not.
                alarm.at(batch == null && allowance > 0 ? depot.nextAt() : Alarm.NEVER);
                return;
            }
            dropWithdrawn(batch);
            if (!batch.isEmpty()) {
                depot.take(batch);
                start(batch);
            }
        }
    }

    /** Calls that pause leave their places to others. */
    private boolean hasPlace() {
        return calls.size() - pausing.size() < config.maxConcurrentCalls();
    }

    /** As many may pause as may be active: an outage does not use up all accounts. */
    private boolean mayBegin() {
        return calls.size() < 2L * config.maxConcurrentCalls();
    }

    /**
     * How many elements the next call may have. Any number, if a result is asked for that nothing under way covers. Else
     * it is a call that nobody has asked for: what is answered or under way beyond the demand, this call included, is at
     * most what the subscriber has taken so far, and at most {@code readAhead} calls. So reading ahead is earned by
     * taking results, and doubles with each round trip of a subscriber that takes all.
     */
    private long allowance() {
        long demand = outbox.demand();
        long beyond = outbox.size() + underWay - demand;
        if (beyond < 0) {
            return Long.MAX_VALUE;
        }
        return callsBeyond(demand) < config.readAhead() ? outbox.taken() - beyond : 0;
    }

    private int callsBeyond(long demand) {
        long left = demand - outbox.size();
        int beyond = outbox.callsBeyond(demand);
        for (Call<T> call : calls) {
            if (left <= 0) {
                beyond++;
            }
            left -= call.elements();
        }
        return beyond;
    }

    private void start(Batch<T> batch) {
        String owner = batch.fromAccount();
        SerialOwners.Turn turn = null;
        if (config.serialOwners().contains(owner)) {
            if (depot.hasParked(owner)) {
                depot.park(batch);
                return;
            }
            turn = config.serialOwners().enter(owner, () -> tell(() -> depot.unpark(owner)));
            if (turn == null) {
                depot.park(batch);
                return;
            }
        }
        Call<T> call = new Call<>(config, work, batch, turn, this, actual.currentContext());
        calls.add(call);
        underWay += call.elements();
        depot.mayBeJoined(batch);
        call.start();
    }

    /** How many more elements this stream may have in memory. */
    private long room() {
        long calls = (long) config.maxConcurrentCalls() + config.readAhead();
        long load = depot.held() + underWay + outbox.size();
        return Math.min(gathering.maxHeld() - depot.held(), gathering.maxHeld() + calls * gathering.maxBatch() - load);
    }

    /** Whether so many results wait that nobody asked for that no more need be prepared. */
    private boolean isFarAhead() {
        return outbox.size() - outbox.demand() >= gathering.enough();
    }

    /** In small pieces: a source that makes its elements while it is asked is not kept at it for long. */
    private void askSource() {
        if (outbox.isOpen() && fatal == null && !depot.hasEnough() && (allowance() > 0 || !isFarAhead())) {
            int window = Math.max(SMALL_WINDOW, gathering.maxBatch());
            intake.askUpTo(Math.min(room(), window), window / 4);
        }
    }

    private void endIfDone() {
        if (cancelled || !calls.isEmpty() || !outbox.isEmpty()) {
            return;
        }
        Throwable error = fatal == null ? null : fatal.apply(intake.received() + told - answered);
        if (error == null) {
            if (!intake.isExhausted() || depot.held() > 0) {
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

    /** Nobody takes results any more. */
    private void abandon() {
        if (ended) {
            return;
        }
        intake.close();
        for (Call<T> call : calls) {
            call.cancel();
            call.batch().accounts().forEach(this::discard);
        }
        calls.clear();
        depot.empty(batch -> batch.accounts().forEach(this::discard));
        outbox.discard();
        leave(); // at last: when all streams have left, connections are closed
    }

    private void leave() {
        if (!ended) {
            ended = true;
            config.runs().remove(this);
            mailbox.close(); // and every timer with it
        }
    }
}
