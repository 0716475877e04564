/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import io.github.unfriend.reactor.Permit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * One caller on its way through a lane: first it waits, then it is the permit that it waited for. Its state is changed
 * by whoever knows better, by compare-and-set; its links are touched only by the lane's settling thread.
 */
final class Ticket implements Permit, Subscription {

    /** Where a ticket is in its life. */
    static final int NEW = 0;

    static final int WAITING = 1;
    static final int GRANTED = 2;
    static final int WRITTEN = 3;
    static final int ANSWERED = 4;
    /** Its window is over and no answer came; one may still come. */
    static final int UNANSWERED = 5;
    /** Cancelled or refused before its grant, or given back after it. */
    static final int GONE = 6;

    private static final AtomicIntegerFieldUpdater<Ticket> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Ticket.class, "state");

    private final Lane lane;
    /** Null once it was told: a place is held for a second, what waited for it need not be. */
    @Nullable
    private CoreSubscriber<? super Permit> caller;

    private volatile int state = NEW;

    @Nullable
    TicketList list;

    @Nullable
    Ticket before;

    @Nullable
    Ticket behind;

    /** Read and written by the settling thread, and so {@link #heard}. */
    long grantedAt;

    /** The lane knows that it was answered. */
    boolean heard;
    /** Set before the state says {@link #WRITTEN}, and so for {@link #answeredAt}. */
    private long writtenAt;

    private long answeredAt;

    Ticket(Lane lane, CoreSubscriber<? super Permit> caller) {
        this.lane = lane;
        this.caller = caller;
    }

    int state() {
        return state;
    }

    boolean move(int from, int to) {
        return STATE.compareAndSet(this, from, to);
    }

    /** Hands the granted permit to the caller. One that throws, which is forbidden, must not stop the lane for others. */
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
            Operators.onErrorDropped(error, told.currentContext());
        }
    }

    /** Turns the caller away; for whoever moved this ticket from {@link #WAITING} to {@link #GONE} to do so. */
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
            lane.enter(this);
        }
    }

    @Override
    public void cancel() {
        if (!move(NEW, GONE) && move(WAITING, GONE)) {
            lane.left(this);
        }
    }

    @Override
    public void written() {
        int now = state;
        if (now != GRANTED && now != GONE) {
            return;
        }
        writtenAt = lane.now();
        if (move(GRANTED, WRITTEN)) {
            lane.written();
        } else if (move(GONE, WRITTEN)) {
            // Given back by one thread while another was writing: the service will count this call, so must we.
            lane.writtenAfterAll(this);
        }
    }

    @Override
    public void answered() {
        long now = lane.now();
        int before = state;
        if (before != WRITTEN && before != UNANSWERED) {
            return;
        }
        answeredAt = now;
        if (move(WRITTEN, ANSWERED)) {
            lane.answered(this);
        } else if (move(UNANSWERED, ANSWERED)) {
            lane.answeredLate(this);
        }
    }

    @Override
    public void giveBack() {
        if (move(GRANTED, GONE)) {
            lane.givenBack(this);
        }
    }

    boolean hasLeft() {
        int now = state;
        return now == WRITTEN || now == ANSWERED;
    }

    long writtenAt() {
        return writtenAt;
    }

    boolean isAnswered() {
        return state == ANSWERED;
    }

    /** To be asked only if it {@link #isAnswered}. */
    long answeredAt() {
        return answeredAt;
    }

    /** By how much its round trip took longer than the shortest; nothing while no answer is there. */
    long excess(long shortestRoundTrip) {
        return state == ANSWERED ? Math.max(0, answeredAt - writtenAt - shortestRoundTrip) : 0;
    }
}
