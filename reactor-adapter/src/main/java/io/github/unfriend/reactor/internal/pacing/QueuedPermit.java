/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import io.github.unfriend.reactor.Permit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * One caller of a pacer: first it waits, then it is the permit that it waited for. Its state is changed by compare-and-set
 * from any thread, and each change is told to the pacer; the fields below the line belong to the draining thread.
 */
final class QueuedPermit implements Permit, Subscription {

    /** How far it has come. */
    enum State {
        NEW,
        WAITING,
        GRANTED,
        WRITTEN,
        ANSWERED,
        /** Nobody waits for its answer any more, or its place has come back. An answer may still come. */
        UNANSWERED,
        /** Cancelled or refused before its grant, or given back after it. */
        GONE
    }

    /** Of a sign that has not come. */
    static final long NEVER = Long.MAX_VALUE;

    private static final AtomicReferenceFieldUpdater<QueuedPermit, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(QueuedPermit.class, State.class, "state");

    private final ApiPacer pacer;
    private volatile State state = State.NEW;
    /** Null once it was told: a place is held for a second, what waited for it need not be. */
    private @Nullable CoreSubscriber<? super Permit> caller;

    // ---- to be read when the state says WRITTEN ----
    long writtenAt;
    String host = "";
    // ---- to be read when the state says ANSWERED ----
    long answeredAt;
    boolean isAnsweredByService;

    volatile boolean isAbandoned;

    // ---- of the draining thread ----
    long grantedAt;
    long backAt;
    long number;
    /** When the first answer came that says that it has arrived. */
    long acknowledgedAt = NEVER;

    @Nullable
    Route route;

    /** Whose place it took, if that could not have been given to another process; until it is written. */
    @Nullable
    QueuedPermit cooledBefore;

    boolean isCold;
    /** It was granted in a silence. */
    boolean isProbe;
    /** It was granted, and holds its place for that. */
    boolean isTaken;
    /** The window knows that it was written. */
    boolean isOut;
    /** The window knows that it was answered. */
    boolean isHeard;
    /** It was written, and holds its place until {@link #backAt}. */
    boolean isHeld;

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
        CoreSubscriber<? super Permit> told = caller;
        caller = null;
        if (told == null) {
            return;
        }
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
        CoreSubscriber<? super Permit> told = caller;
        if (told == null || !move(State.WAITING, State.GONE)) {
            return;
        }
        caller = null;
        try {
            told.onError(why);
        } catch (Throwable error) {
            Operators.onErrorDropped(error, told.currentContext());
        }
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
        if (state == State.WRITTEN || (state == State.ANSWERED && !isAnsweredByService)) {
            isAbandoned = true;
            move(State.WRITTEN, State.UNANSWERED);
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
