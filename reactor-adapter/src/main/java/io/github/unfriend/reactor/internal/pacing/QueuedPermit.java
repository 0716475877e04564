/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import io.github.unfriend.reactor.Permit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * One caller of a pacer: first it waits, then it is the permit that it waited for. Its state is changed by compare-and-set
 * from any thread; the fields below the line belong to the draining thread.
 */
final class QueuedPermit implements Permit, Subscription {

    static final int NEW = 0;

    static final int WAITING = 1;
    static final int GRANTED = 2;
    static final int WRITTEN = 3;
    static final int ANSWERED = 4;
    /** Nobody waits for its answer any more, or its place has come back; one may still come. */
    static final int UNANSWERED = 5;
    /** Cancelled or refused before its grant, or given back after it. */
    static final int GONE = 6;

    private static final AtomicIntegerFieldUpdater<QueuedPermit> STATE =
            AtomicIntegerFieldUpdater.newUpdater(QueuedPermit.class, "state");

    /** Of a sign that has not come. */
    static final long NEVER = Long.MAX_VALUE;

    private final ApiPacer pacer;
    /** Null once it was told: a place is held for a second, what waited for it need not be. */
    @Nullable
    private CoreSubscriber<? super Permit> caller;

    private volatile int state = NEW;

    /** Set before the state says {@link #WRITTEN}, and so is the host. */
    private long writtenAt;

    private String host = "";
    /** Set before the state says {@link #ANSWERED}, and so is whose answer it is. */
    private long answeredAt;

    private boolean answeredByService;
    private volatile boolean abandoned;

    // ---- of the draining thread ----
    @Nullable
    PermitList list;

    @Nullable
    QueuedPermit before;

    @Nullable
    QueuedPermit behind;

    long grantedAt;
    /** It was granted, and the window has counted it. */
    boolean isTaken;
    /** The window knows that it was written. */
    boolean isOut;
    /** The window knows that it was answered. */
    boolean isHeard;
    /** It holds a place until {@link #backAt}. */
    boolean isHeld;

    long backAt;
    long number;
    /** When the first answer came that says that it has arrived. */
    long acknowledgedAt = NEVER;

    boolean isCold;
    /** It was granted in a silence. */
    boolean isProbe;

    @Nullable
    Route route;

    QueuedPermit(ApiPacer pacer, CoreSubscriber<? super Permit> caller) {
        this.pacer = pacer;
        this.caller = caller;
    }

    int state() {
        return state;
    }

    boolean move(int from, int to) {
        return STATE.compareAndSet(this, from, to);
    }

    /**
     * Hands the granted permit to the caller. One that throws, which is forbidden, must not stop the pacer for others. It
     * hears of its own error, since an operator does not pass on what is fatal to the JVM.
     */
    void emit() {
        CoreSubscriber<? super Permit> told = caller;
        if (told == null) {
            return;
        }
        caller = null;
        try {
            told.onNext(this);
            told.onComplete();
        } catch (Throwable error) {
            giveBack();
            told.onError(error);
        }
    }

    /** Turns the caller away; for whoever moved this permit from {@link #WAITING} to {@link #GONE} to do so. */
    void refuse(Throwable why) {
        CoreSubscriber<? super Permit> told = caller;
        if (told == null) {
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
        if (Operators.validate(n) && move(NEW, WAITING)) {
            pacer.enter(this);
        }
    }

    @Override
    public void cancel() {
        if (!move(NEW, GONE) && move(WAITING, GONE)) {
            pacer.left(this);
        }
    }

    @Override
    public void written(String to) {
        int now = state;
        if (now != GRANTED && now != GONE) {
            return;
        }
        host = to;
        writtenAt = pacer.now();
        if (move(GRANTED, WRITTEN)) {
            pacer.written(this);
        } else if (move(GONE, WRITTEN)) {
            // Given back by one thread while another was writing: the service will count this call, so must we.
            pacer.writtenAfterAll(this);
        }
    }

    @Override
    public void answered(boolean byService) {
        long now = pacer.now();
        int before = state;
        if (before != WRITTEN && before != UNANSWERED) {
            return;
        }
        answeredAt = now;
        answeredByService = byService;
        if (move(WRITTEN, ANSWERED)) {
            pacer.answered(this);
        } else if (move(UNANSWERED, ANSWERED)) {
            pacer.answeredLate(this);
        }
    }

    @Override
    public void abandoned() {
        int now = state;
        if (now == WRITTEN || (now == ANSWERED && !answeredByService)) {
            abandoned = true;
            pacer.abandoned(this, move(WRITTEN, UNANSWERED));
        }
    }

    @Override
    public void giveBack() {
        if (move(GRANTED, GONE)) {
            pacer.givenBack(this);
        }
    }

    boolean hasLeft() {
        int now = state;
        return now == WRITTEN || now == ANSWERED || now == UNANSWERED;
    }

    /** To be asked only if it {@link #hasLeft}. */
    long writtenAt() {
        return writtenAt;
    }

    /** To be asked only if it {@link #hasLeft}. */
    String host() {
        return host;
    }

    boolean isAnswered() {
        return state == ANSWERED;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** To be asked only if it {@link #isAnswered}. */
    long answeredAt() {
        return answeredAt;
    }

    /** To be asked only if it {@link #isAnswered}. */
    boolean isAnsweredByService() {
        return answeredByService;
    }
}
