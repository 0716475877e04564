/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import io.github.unfriend.reactor.internal.concurrent.DrainLoop;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * The pacer of one API: a queue of callers, and as many places as calls are allowed in a second. A caller is granted when
 * all of this holds:
 *
 * <ol>
 *   <li>It is the first in the queue.
 *   <li>A place is free: fewer than the {@linkplain AdaptiveLimit allowed} number are taken in the {@linkplain
 *       SlidingWindow window}. This alone keeps the promise towards the service.
 *   <li>The service is not {@linkplain Silence silent}, or it is the turn of a probe.
 *   <li>Its time has come by the {@linkplain PermitSpacing spacing}, which gives every call its regular distance from the
 *       one before. This keeps the first calls after an idle time from leaving as a burst that would come back as a burst
 *       each second.
 *   <li>The least distance from the last grant is over. Behind its schedule, after a stall or for a late place, the pacer
 *       catches up this fast and no faster.
 *   <li>No pause is on.
 * </ol>
 *
 * <p>Everybody tells the pacer what happened (a caller came or left, a permit was written, answered or given back, the
 * timer rang) and then tries to drain the news; one thread at a time does, for all of them, and the others leave at once.
 * Only that thread touches the lists, so nothing here is locked and nothing is emitted by two threads.
 */
final class ApiPacer extends Mono<Permit> {

    private final SlidingPacerConfig config;
    private final MonotonicClock clock;
    private final DrainTimer timer;
    private final AdaptiveLimit limit;

    private final Queue<QueuedPermit> news =
            Queues.<QueuedPermit>unboundedMultiproducer().get();
    private final Queue<String> lost = Queues.<String>unboundedMultiproducer().get();
    private final DrainLoop loop = new DrainLoop();
    private final Runnable step = this::step;
    private final PacerCounts counts = new PacerCounts();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicLong pausedUntil;
    private volatile boolean closed;
    private volatile int allowed;

    // ---- of the draining thread ----
    private final PermitList waiting = new PermitList();
    private final SlidingWindow window;
    private final PermitSpacing spacing;
    private boolean idle = true;
    private boolean waitsForFirstPlaces;

    ApiPacer(SlidingPacerConfig config, MonotonicClock clock, Scheduler scheduler) {
        this.config = config;
        this.clock = clock;
        this.timer = new DrainTimer(scheduler, this::drain);
        long now = clock.now();
        this.window = new SlidingWindow(config, now);
        this.limit = new AdaptiveLimit(config.callsPerSecond());
        this.allowed = limit.allowed();
        this.pausedUntil = new AtomicLong(now);
        this.spacing = new PermitSpacing(config, now);
    }

    @Override
    public void subscribe(CoreSubscriber<? super Permit> caller) {
        if (closed) {
            Operators.error(caller, new GatewayClosedException());
            return;
        }
        caller.onSubscribe(new QueuedPermit(this, caller));
    }

    long now() {
        return clock.now();
    }

    void enter(QueuedPermit permit) {
        if (counts.waiting.incrementAndGet() > config.maxWaiting()
                && permit.move(QueuedPermit.WAITING, QueuedPermit.GONE)) {
            counts.waiting.decrementAndGet();
            permit.refuse(new OverloadedException(config.maxWaiting()));
            return;
        }
        tell(permit);
    }

    void left(QueuedPermit permit) {
        counts.waiting.decrementAndGet();
        tell(permit);
    }

    void givenBack(QueuedPermit permit) {
        counts.inFlight.decrementAndGet();
        tell(permit);
    }

    void written(QueuedPermit permit) {
        counts.calls.increment();
        tell(permit);
    }

    void writtenAfterAll(QueuedPermit permit) {
        counts.calls.increment();
        counts.inFlight.incrementAndGet();
        tell(permit);
    }

    void answered(QueuedPermit permit) {
        counts.inFlight.decrementAndGet();
        tell(permit);
    }

    /** Answered when its place had come back already and it counted as in flight no more. */
    void answeredLate(QueuedPermit permit) {
        tell(permit);
    }

    void abandoned(QueuedPermit permit, boolean wasInFlight) {
        if (wasInFlight) {
            counts.inFlight.decrementAndGet();
        }
        tell(permit);
    }

    void lost(String host) {
        lost.offer(host);
        drain();
    }

    void refused() {
        refusals.incrementAndGet();
        drain();
    }

    void pause(long nanos) {
        long until = clock.now() + nanos;
        pausedUntil.accumulateAndGet(until, (a, b) -> b - a > 0 ? b : a);
        drain();
    }

    void close() {
        closed = true;
        drain();
    }

    PacerState state() {
        drain(); // so that a rate that has recovered meanwhile is seen
        return counts.state(allowed, pausedUntil.get() - clock.now());
    }

    /** Permits held at this moment, waiting or with a place; for tests of leaks, while nobody calls. */
    int held() {
        return waiting.size() + window.taken();
    }

    private void tell(QueuedPermit permit) {
        news.offer(permit);
        drain();
    }

    void drain() {
        loop.run(step);
    }

    private void step() {
        readNews();
        if (closed) {
            turnAway();
        } else {
            serve();
        }
    }

    /** Puts every permit where its state says it belongs; the order of the news about one permit does not matter. */
    private void readNews() {
        String host;
        while ((host = lost.poll()) != null) {
            window.lost(host, clock.now());
        }
        QueuedPermit permit;
        while ((permit = news.poll()) != null) {
            int state = permit.state();
            if (permit.list == waiting) {
                if (state == QueuedPermit.GONE) {
                    waiting.remove(permit);
                }
            } else if (state == QueuedPermit.WAITING) {
                waiting.append(permit);
            } else if (state == QueuedPermit.GONE) {
                if (permit.isTaken) {
                    permit.isTaken = false;
                    window.giveBack(permit);
                    spacing.giveBackTurn(allowed);
                }
            } else if (permit.hasLeft()) {
                readFateOf(permit);
            }
        }
    }

    private void readFateOf(QueuedPermit permit) {
        if (!permit.isOut) {
            permit.isOut = true;
            if (permit.isTaken) {
                window.written(permit);
            } else {
                window.writtenAfterAll(permit);
            }
        }
        if (permit.isAnswered() && !permit.isHeard) {
            permit.isHeard = true;
            limit.answered(permit.answeredAt());
            if (permit.isAnsweredByService()) {
                window.answered(permit);
            }
        }
        if (permit.isAbandoned()) {
            window.abandoned(permit, allowed, clock.now());
        }
    }

    private void serve() {
        long now = clock.now();
        adaptRate(now);
        spacing.wasLate(timer.overdue(now));
        while (!closed) {
            takeBack(now); // each time: a grant takes a while, in which places come back
            QueuedPermit first = waiting.head();
            if (first == null) {
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
                if (wake != SlidingWindow.UNKNOWN) {
                    timer.at(wake, now);
                }
                return;
            }
            grant(first, now);
            now = clock.now();
        }
    }

    private void takeBack(long now) {
        int unanswered = window.takeBack(now);
        if (unanswered > 0) {
            counts.inFlight.addAndGet(-unanswered);
        }
    }

    /** When the next permit may be granted, as far as is known; what changes it drains the news. */
    private long due(long now) {
        if (window.taken() >= allowed) {
            waitsForFirstPlaces |= window.isCold(now - WINDOW);
            return window.nextReturn();
        }
        if (waitsForFirstPlaces) {
            waitsForFirstPlaces = false;
            spacing.waitedForFirstPlaces(now);
        }
        long probe = mayOnlyProbeAt(now);
        spacing.notBefore(pausedUntil.get());
        return Math.max(probe, spacing.due(window.lastTaken(), allowed));
    }

    /** While the service is silent, or so many calls are out that only probes are left, when the next one may leave. */
    private long mayOnlyProbeAt(long now) {
        int kept = config.isCapped() ? 0 : Silence.placesKept(allowed);
        if (kept == 0) {
            return now;
        }
        if (window.isSilent(now)) {
            return window.silence().nextProbe();
        }
        return window.unacknowledged() < allowed - kept ? now : window.silence().begins();
    }

    private void grant(QueuedPermit permit, long now) {
        waiting.remove(permit);
        if (!permit.move(QueuedPermit.WAITING, QueuedPermit.GRANTED)) {
            return; // left at this moment; the news of it finds it in no list
        }
        counts.waiting.decrementAndGet();
        counts.inFlight.incrementAndGet();
        spacing.granted(now, allowed);
        if (window.isSilent(now)) {
            window.silence().probed(now);
            permit.isProbe = true;
        }
        permit.isTaken = true;
        window.take(permit, now);
        permit.emit();
    }

    private void adaptRate(long now) {
        if (refusals.get() > 0) {
            limit.refused(refusals.getAndSet(0), now);
        }
        limit.climb(now);
        int before = allowed;
        allowed = limit.allowed();
        if (Silence.placesKept(allowed) == 0 && Silence.placesKept(before) > 0) {
            window.keepsNoPlaces(now);
        }
    }

    private void turnAway() {
        timer.off();
        QueuedPermit permit;
        while ((permit = waiting.head()) != null) {
            waiting.remove(permit);
            if (permit.move(QueuedPermit.WAITING, QueuedPermit.GONE)) {
                counts.waiting.decrementAndGet();
                permit.refuse(new GatewayClosedException());
            }
        }
    }
}
