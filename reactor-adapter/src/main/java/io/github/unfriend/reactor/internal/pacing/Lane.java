/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
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
 *   <li>A place is free: fewer than the {@linkplain RateFinder allowed} number are {@linkplain Places taken}. This alone
 *       keeps the promise towards the service.
 *   <li>Its time has come by the {@linkplain Schedule schedule}, which gives every call its regular distance from the
 *       one before. This keeps the first calls after an idle time from leaving as a burst that would come back as a burst
 *       each second.
 *   <li>The least distance from the last grant is over. Behind its schedule, after a stall or for a late place, the lane
 *       catches up this fast and no faster.
 *   <li>No pause is on.
 * </ol>
 *
 * <p>Everybody tells the lane what happened (a caller came or left, a permit was written or given back, the timer rang)
 * and then tries to settle; one thread at a time does, for all of them, and the others leave at once. Only the settling
 * thread touches the lists, so nothing here is locked and nothing is emitted by two threads.
 */
final class Lane extends Mono<Permit> {

    private final SlidingPacerConfig config;
    private final MonotonicClock clock;
    private final WakeUp wakeUp;
    private final RoundTrips roundTrips;
    private final RateFinder finder;

    private final Queue<Ticket> news = Queues.<Ticket>unboundedMultiproducer().get();
    private final AtomicInteger settling = new AtomicInteger();
    private final Counts counts = new Counts();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicLong pausedUntil;
    private volatile boolean closed;
    private volatile int allowed;

    // Touched by the settling thread only.
    private final TicketList waiting = new TicketList();
    private final Places places;
    private final Schedule schedule;
    private boolean idle = true;

    Lane(SlidingPacerConfig config, MonotonicClock clock, Scheduler scheduler) {
        this.config = config;
        this.clock = clock;
        this.wakeUp = new WakeUp(scheduler, this::settle);
        long now = clock.now();
        this.roundTrips = new RoundTrips(config, now);
        this.places = new Places(config, roundTrips, now);
        this.finder = new RateFinder(config.callsPerSecond());
        this.allowed = finder.allowed();
        this.pausedUntil = new AtomicLong(now);
        this.schedule = new Schedule(config, now);
    }

    @Override
    public void subscribe(CoreSubscriber<? super Permit> caller) {
        if (closed) {
            Operators.error(caller, new GatewayClosedException());
            return;
        }
        caller.onSubscribe(new Ticket(this, caller));
    }

    long now() {
        return clock.now();
    }

    void enter(Ticket ticket) {
        if (counts.waiting.incrementAndGet() > config.maxWaiting() && ticket.move(Ticket.WAITING, Ticket.GONE)) {
            counts.waiting.decrementAndGet();
            ticket.refuse(new OverloadedException(config.maxWaiting()));
            return;
        }
        tell(ticket);
    }

    void left(Ticket ticket) {
        counts.waiting.decrementAndGet();
        tell(ticket);
    }

    void givenBack(Ticket ticket) {
        counts.inFlight.decrementAndGet();
        tell(ticket);
    }

    void written() {
        counts.calls.increment();
        settle();
    }

    void writtenAfterAll(Ticket ticket) {
        counts.calls.increment();
        counts.inFlight.incrementAndGet();
        tell(ticket);
    }

    /** Nobody waits for this news; it is read when something else happens. */
    void answered(Ticket ticket) {
        counts.inFlight.decrementAndGet();
        news.offer(ticket);
    }

    /** Answered when its place had come back already and it counted as in flight no more. */
    void answeredLate(Ticket ticket) {
        tell(ticket);
    }

    void refused() {
        refusals.incrementAndGet();
        settle();
    }

    void pause(long nanos) {
        long until = clock.now() + nanos;
        pausedUntil.accumulateAndGet(until, (a, b) -> b - a > 0 ? b : a);
        settle();
    }

    void close() {
        closed = true;
        settle();
    }

    PacerState state() {
        settle(); // so that a rate that has recovered meanwhile is seen
        return counts.state(allowed, pausedUntil.get() - clock.now());
    }

    /** Tickets held at this moment, waiting or with a place; for tests of leaks, while nobody calls. */
    int tickets() {
        return waiting.size() + places.taken();
    }

    private void tell(Ticket ticket) {
        news.offer(ticket);
        settle();
    }

    void settle() {
        if (settling.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            readNews();
            if (closed) {
                turnAway();
            } else {
                serve();
            }
            missed = settling.addAndGet(-missed);
        } while (missed != 0);
    }

    /** Puts every ticket where its state says it belongs; the order of the news about one ticket does not matter. */
    private void readNews() {
        Ticket ticket;
        while ((ticket = news.poll()) != null) {
            TicketList list = ticket.list;
            int state = ticket.state();
            if (state == Ticket.GONE) {
                if (list == waiting) {
                    waiting.remove(ticket);
                } else if (list != null) {
                    places.giveBack(ticket);
                    schedule.giveBackTurn(allowed);
                }
            } else if (state == Ticket.ANSWERED) {
                hear(ticket);
            } else if (list == null) {
                if (state == Ticket.WAITING) {
                    waiting.append(ticket);
                } else if (ticket.hasLeft()) {
                    places.takeForWritten(ticket);
                } // otherwise news of long ago: its place has come back meanwhile
            }
        }
    }

    private void hear(Ticket ticket) {
        if (ticket.heard) {
            return;
        }
        ticket.heard = true;
        // Since the grant, not since the write was seen: a thread that was held up just after writing sees its write
        // late, and one such call would look like the shortest round trip of all.
        long roundTrip = ticket.answeredAt() - ticket.grantedAt;
        roundTrips.answered(roundTrip, ticket.writtenAt() - ticket.grantedAt, ticket.answeredAt());
        if (ticket.list == null) {
            places.takeAgain(ticket);
        }
    }

    private void serve() {
        long now = clock.now();
        roundTrips.judge(now);
        adaptRate(now);
        schedule.wasLate(wakeUp.overdue(now));
        int unanswered = places.takeBack(now);
        if (unanswered > 0) {
            counts.inFlight.addAndGet(-unanswered);
        }
        while (!closed) {
            Ticket first = waiting.head();
            if (first == null) {
                idle = true;
                return;
            }
            if (idle) {
                idle = false;
                schedule.notBefore(now);
            }
            places.busyAgain(now);
            if (places.taken() >= allowed) {
                waitForPlace(now);
                return;
            }
            schedule.notBefore(pausedUntil.get());
            long due = schedule.due(places.lastTaken(), allowed);
            if (due - now > 0) {
                wakeUp.at(due, now);
                return;
            }
            grant(first, now);
            now = clock.now();
        }
    }

    private void grant(Ticket ticket, long now) {
        waiting.remove(ticket);
        if (!ticket.move(Ticket.WAITING, Ticket.GRANTED)) {
            return; // left at this moment; the news of it finds it in no list
        }
        counts.waiting.decrementAndGet();
        counts.inFlight.incrementAndGet();
        schedule.granted(now, allowed);
        places.take(ticket, now);
        ticket.emit();
    }

    private void adaptRate(long now) {
        if (refusals.get() > 0) {
            finder.refused(refusals.getAndSet(0), roundTrips.inLastWindow(now), now);
        }
        finder.climb(now);
        allowed = finder.allowed();
    }

    private void waitForPlace(long now) {
        long until = places.nextReturn();
        if (until == Places.UNKNOWN) {
            return; // no permit was written yet, and the first that is settles again
        }
        if (places.isCold(now - WINDOW)) {
            schedule.waitForFirstPlaces(until);
        }
        wakeUp.at(until, now);
    }

    private void turnAway() {
        wakeUp.off();
        Ticket ticket;
        while ((ticket = waiting.head()) != null) {
            waiting.remove(ticket);
            if (ticket.move(Ticket.WAITING, Ticket.GONE)) {
                counts.waiting.decrementAndGet();
                ticket.refuse(new GatewayClosedException());
            }
        }
    }
}
