/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import io.github.unfriend.reactor.internal.concurrent.DrainLoop;
import io.github.unfriend.reactor.internal.concurrent.DrainTimer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * The pacer of one API: a queue of callers, and as many places as calls are allowed in a second. The first in the queue
 * is granted when all of this holds:
 *
 * <ul>
 *   <li>A place is free: fewer than the {@linkplain AdaptiveLimit allowed} number are taken in the {@linkplain
 *       SlidingWindow window}. This alone keeps the promise towards the service.
 *   <li>The service is not {@linkplain Silence silent}, or it is the turn of a probe; and no pause is on.
 *   <li>Its time has come by the {@linkplain PermitSpacing spacing}.
 * </ul>
 *
 * <p>Everybody tells the pacer what happened and then tries to drain the news; one thread at a time does, for all of
 * them, and the others leave at once. So nothing here is locked and nothing is emitted by two threads.
 */
final class ApiPacer extends Mono<Permit> implements LeasedPlaces {

    private final SlidingPacerConfig config;
    private final long origin;
    private final DrainTimer timer;
    private final DrainLoop loop = new DrainLoop();
    private final Queue<Runnable> news =
            Queues.<Runnable>unboundedMultiproducer().get();
    private volatile boolean closed;

    /** Permits that were granted and have neither an answer nor an end. */
    final AtomicInteger inFlight = new AtomicInteger();

    private final LongAdder calls = new LongAdder();

    // ---- written by the draining thread, read by any ----
    private volatile int allowed;
    private volatile int waitingNow;
    private volatile long pausedUntil;

    // ---- of the draining thread ----
    private final Set<QueuedPermit> waiting = new LinkedHashSet<>();
    private final AdaptiveLimit limit;
    private final SlidingWindow window;
    private final PermitSpacing spacing = new PermitSpacing();
    private boolean idle = true;
    /** Places of its own, beside those that are leased. */
    private int owned;

    private int leased;
    private long leasedUntil;

    ApiPacer(SlidingPacerConfig config, Scheduler scheduler) {
        this.config = config;
        this.origin = config.nanoClock().getAsLong();
        this.timer = new DrainTimer(scheduler, this::drain);
        this.window = new SlidingWindow(config);
        this.limit = new AdaptiveLimit(config.callsPerSecond());
        this.owned = config.callsPerSecond();
        this.allowed = limit.allowed();
    }

    @Override
    public void subscribe(CoreSubscriber<? super Permit> caller) {
        if (closed) {
            Operators.error(caller, new GatewayClosedException());
            return;
        }
        caller.onSubscribe(new QueuedPermit(this, caller));
    }

    @Override
    public long now() {
        return config.nanoClock().getAsLong() - origin;
    }

    /** Something became of a permit. */
    void tell(QueuedPermit permit) {
        execute(() -> read(permit));
    }

    void lost(String host) {
        execute(() -> window.lost(host, now()));
    }

    void refused() {
        execute(() -> limit.refused(now()));
    }

    void pause(long nanos) {
        long until = now() + Math.min(nanos, Long.MAX_VALUE / 2);
        execute(() -> pausedUntil = Math.max(pausedUntil, until));
    }

    @Override
    public void execute(Runnable task) {
        news.offer(task);
        drain();
    }

    @Override
    public void places(int own, int more, long until) {
        owned = own;
        leased = more;
        leasedUntil = until;
    }

    @Override
    public int waiting() {
        return waiting.size();
    }

    @Override
    public int notTransferable() {
        return window.notTransferable(now());
    }

    void close() {
        closed = true;
        drain();
    }

    /** As of the last drain; another thread may be at the next one. */
    PacerState state() {
        drain(); // so that a rate that has recovered meanwhile is seen
        Duration pause = Duration.ofNanos(Math.max(0, pausedUntil - now()));
        return new PacerState(allowed, waitingNow, inFlight.get(), pause, calls.sum());
    }

    /** Permits held at this moment, waiting or with a place; for tests of leaks, while nobody calls. */
    int held() {
        return waiting.size() + window.taken();
    }

    void drain() {
        loop.run(this::step);
    }

    private void step() {
        Runnable next;
        while ((next = news.poll()) != null) {
            next.run();
        }
        if (closed) {
            timer.off();
            waiting.forEach(permit -> permit.refuse(new GatewayClosedException()));
            waiting.clear();
        } else {
            serve();
        }
        waitingNow = waiting.size();
    }

    /** Puts a permit where its state says it belongs; the order of the news about it does not matter. */
    private void read(QueuedPermit permit) {
        QueuedPermit.State state = permit.state();
        switch (state) {
            case NEW, GRANTED -> {}
            case WAITING -> {
                if (waiting.size() < config.maxWaiting()) {
                    waiting.add(permit);
                } else {
                    permit.refuse(new OverloadedException(config.maxWaiting()));
                }
            }
            case GONE -> {
                waiting.remove(permit);
                if (permit.known == QueuedPermit.State.GRANTED) {
                    window.giveBack(permit, now());
                    spacing.giveBackTurn(permit.grantedAt, allowed);
                }
            }
            case WRITTEN, UNANSWERED, ANSWERED -> {
                if (permit.known.compareTo(QueuedPermit.State.WRITTEN) < 0) {
                    calls.increment();
                    window.written(permit);
                }
                if (state == QueuedPermit.State.ANSWERED && permit.known != state) {
                    limit.answered(permit.answeredAt);
                    if (permit.isAnsweredByService) {
                        window.answered(permit);
                    }
                }
            }
        }
        permit.known = state;
    }

    private void serve() {
        for (long now = now(); !closed; now = now()) { // a grant takes a while, in which places come back
            limit.climb(now);
            allowed = Math.min(limit.allowed(), owned + (now < leasedUntil ? leased : 0));
            window.takeBack(now, allowed);
            if (waiting.isEmpty()) {
                idle = true;
                return;
            }
            if (idle) {
                idle = false;
                spacing.notBefore(now);
            }
            window.busyAgain(now);
            long due = due(now);
            if (due > now) {
                long wake = Math.min(due, window.nextReturn()); // a place that comes back may end a silence
                if (wake != QueuedPermit.NEVER) {
                    timer.at(wake, now);
                }
                return;
            }
            grant(waiting.iterator().next(), now);
        }
    }

    /** When the next permit may be granted, as far as is known; what changes it drains the news. */
    private long due(long now) {
        if (window.taken() >= allowed) {
            return window.nextReturn();
        }
        spacing.notBefore(pausedUntil);
        return Math.max(window.nextByAnswers(now, allowed), spacing.due(allowed));
    }

    private void grant(QueuedPermit permit, long now) {
        waiting.remove(permit);
        if (!permit.move(QueuedPermit.State.WAITING, QueuedPermit.State.GRANTED)) {
            return; // left at this moment
        }
        permit.known = QueuedPermit.State.GRANTED;
        spacing.granted(now, allowed);
        window.take(permit, now);
        permit.emit();
    }
}
