/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import io.github.unfriend.reactor.Permit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * One caller of a pacer: first it waits, then it is the permit that it waited for. Its state is changed by compare-and-set
 * from any thread, and each change is told to the pacer; the fields below the line belong to the draining thread.
 */
final class QueuedPermit implements Permit, Subscription {

    /** How far it has come. All from {@link #WRITTEN} on were written. */
    enum State {
        NEW,
        WAITING,
        GRANTED,
        /** Cancelled or refused before its grant, or given back after it. */
        GONE,
        WRITTEN,
        /** Nobody waits for its answer any more, or its place has come back. An answer may still come. */
        UNANSWERED,
        ANSWERED
    }

    /** The time of what is not known to come. */
    static final long NEVER = Long.MAX_VALUE;

    private static final AtomicReferenceFieldUpdater<QueuedPermit, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(QueuedPermit.class, State.class, "state");

    private final ApiPacer pacer;
    private volatile State state = State.NEW;
    /** Let go of once it was told: a place is held for a second, what waited for it need not be. */
    private CoreSubscriber<? super Permit> caller;

    // ---- to be read when the state says WRITTEN ----
    long writtenAt;
    String host = "";
    // ---- to be read when the state says ANSWERED ----
    long answeredAt;
    boolean isAnsweredByService;

    // ---- of the draining thread ----
    /** Its state as far as the pacer has dealt with it. */
    State known = State.NEW;

    long number;
    long grantedAt;
    /** When its place comes back. */
    long backAt;
    /** When the first answer came that says that it has arrived. */
    long acknowledgedAt = NEVER;

    boolean isCold;
    /** It was granted in a silence. */
    boolean isProbe;

    QueuedPermit(ApiPacer pacer, CoreSubscriber<? super Permit> caller) {
        this.pacer = pacer;
        this.caller = caller;
    }

    State state() {
        return state;
    }

    boolean move(State from, State to) {
        boolean moved = STATE.compareAndSet(this, from, to);
        if (moved) {
            pacer.inFlight.addAndGet(inFlight(to) - inFlight(from));
        }
        return moved;
    }

    private static int inFlight(State state) {
        return state == State.GRANTED || state == State.WRITTEN ? 1 : 0;
    }

    /**
     * Hands the granted permit to the caller. One that throws, which is forbidden, must not stop the pacer for others. It
     * hears of its own error, since an operator does not pass on what is fatal to the JVM.
     */
    void emit() {
        CoreSubscriber<? super Permit> told = letGo();
        try {
            told.onNext(this);
            told.onComplete();
        } catch (Throwable error) {
            giveBack();
            told.onError(error);
        }
    }

    /** Turns the waiting caller away, unless it has just left. */
    void refuse(Throwable why) {
        if (!move(State.WAITING, State.GONE)) {
            return;
        }
        CoreSubscriber<? super Permit> told = letGo();
        try {
            told.onError(why);
        } catch (Throwable error) {
            Operators.onErrorDropped(error, told.currentContext());
        }
    }

    private CoreSubscriber<? super Permit> letGo() {
        CoreSubscriber<? super Permit> told = caller;
        caller = Operators.emptySubscriber();
        return told;
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n) && move(State.NEW, State.WAITING)) {
            pacer.tell(this);
        }
    }

    @Override
    public void cancel() {
        if (!move(State.NEW, State.GONE) && move(State.WAITING, State.GONE)) {
            pacer.tell(this);
        }
    }

    @Override
    public void written(String to) {
        State now = state();
        if (now == State.GRANTED || now == State.GONE) {
            host = to;
            writtenAt = pacer.now();
            // Given back by one thread while another was writing: the service will count this call, so must we.
            if (move(State.GRANTED, State.WRITTEN) || move(State.GONE, State.WRITTEN)) {
                pacer.tell(this);
            }
        }
    }

    @Override
    public void answered(boolean byService) {
        long now = pacer.now();
        State before = state();
        if (before == State.WRITTEN || before == State.UNANSWERED) {
            answeredAt = now;
            isAnsweredByService = byService;
            if (move(State.WRITTEN, State.ANSWERED) || move(State.UNANSWERED, State.ANSWERED)) {
                pacer.tell(this);
            }
        }
    }

    @Override
    public void abandoned() {
        if (move(State.WRITTEN, State.UNANSWERED)) {
            pacer.tell(this);
        }
    }

    @Override
    public void giveBack() {
        if (move(State.GRANTED, State.GONE)) {
            pacer.tell(this);
        }
    }
}
