/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import org.jspecify.annotations.Nullable;

/**
 * The places of a lane that are taken, and when they come back. A place is taken from the grant on and comes back one
 * window and a guard after its call was <em>written</em>: so the next call in the same place arrives at least one window
 * after this one, however late either of them left, and no window at the service holds more calls than there are places.
 *
 * <p>The guard pays for what is not known: by how much longer this request may have travelled than the next one will.
 *
 * <ul>
 *   <li>Without an answer it is the configured guard, the most jitter promised to be harmless, or what the next answered
 *       call was held up if that was longer; and on top for how long {@linkplain RoundTrips#heldUpUntil no call at all}
 *       has been answered.
 *   <li>An answer bounds it: the request cannot have travelled longer than its round trip exceeds the shortest possible
 *       one. The shortest seen stands for that, less the {@linkplain RoundTrips#doubt doubt} in it.
 *   <li>In the cold first second it is a whole window, or all of the round trip: what takes long there are classes being
 *       loaded and connections being accepted, on both sides, far beyond any jitter of a network.
 *   <li>Of an excess as much is believed as is {@linkplain RoundTrips#credible credible}.
 *   <li>A call whose answer comes after its place had come back takes one again, if by this answer it must hold it still.
 * </ul>
 *
 * <p>Not thread-safe; owned by the settling thread.
 */
final class Places {

    /** For this long after a start, classes are loaded and connections opened on both sides: round trips say little. */
    private static final long COLD_TIME = WINDOW;
    /** Whom to ask about a call without an answer: those that were granted within some 40 ms. */
    private static final int NEIGHBOURS = 8;
    /** After this long without a call, connections will have been closed: a start again. */
    private static final long LONG_IDLE = 20 * WINDOW;
    /** When no taken place is known to come back, since none of their calls was written yet. */
    static final long UNKNOWN = Long.MAX_VALUE;

    private final SlidingPacerConfig config;
    private final RoundTrips roundTrips;
    /** In order of their grants. */
    private final TicketList tickets = new TicketList();
    /** Those that were answered when their place had come back. */
    private final TicketList late = new TicketList();

    private long nextReturn = UNKNOWN;
    private long lastTaken;
    private long takenBefore;
    private long coldUntil;
    private boolean warm;

    Places(SlidingPacerConfig config, RoundTrips roundTrips, long now) {
        this.config = config;
        this.roundTrips = roundTrips;
        this.lastTaken = now - LONG_IDLE;
        this.takenBefore = lastTaken;
        this.coldUntil = now + COLD_TIME;
    }

    /** How many are taken. */
    int taken() {
        return tickets.size() + late.size();
    }

    /** When the last one was taken that was not given back. */
    long lastTaken() {
        return lastTaken;
    }

    /** When the next one comes back, as {@link #takeBack} found it, or {@link #UNKNOWN}. */
    long nextReturn() {
        return nextReturn;
    }

    /** Somebody wants to call, perhaps after a long time in which nobody did or none was let. */
    void busyAgain(long now) {
        if (now - lastTaken > LONG_IDLE) {
            coldUntil = now + COLD_TIME;
            warm = false;
        }
    }

    /** Whether all was still cold at some time. */
    boolean isCold(long time) {
        return time - coldUntil < 0;
    }

    void take(Ticket ticket, long now) {
        ticket.grantedAt = now;
        takenBefore = lastTaken;
        lastTaken = now;
        tickets.append(ticket);
    }

    /** For a call that was written though its permit had been given back: it holds a place like any other. */
    void takeForWritten(Ticket ticket) {
        ticket.grantedAt = ticket.writtenAt();
        tickets.append(ticket);
    }

    /** For a call whose place had come back before its answer showed that it may have arrived only lately. */
    void takeAgain(Ticket ticket) {
        late.append(ticket);
    }

    /** Frees the place of a call that was not made; if it was the last, it does not keep the next one at a distance. */
    void giveBack(Ticket ticket) {
        tickets.remove(ticket);
        if (ticket.grantedAt == lastTaken) {
            lastTaken = takenBefore;
        }
    }

    /**
     * Frees the places whose time is over and finds when the next one will be.
     *
     * @return how many calls were still unanswered when their place came back
     */
    int takeBack(long now) {
        if (!warm && now - coldUntil >= 0) {
            warm = true;
            roundTrips.startOver(); // what took long while all was cold says nothing of what is usual
        }
        nextReturn = UNKNOWN;
        Ticket next;
        for (Ticket ticket = late.head(); ticket != null; ticket = next) {
            next = ticket.behind;
            takeBack(late, ticket, now);
        }
        int unanswered = 0;
        // None that was granted a window before the best candidate can come back earlier.
        for (Ticket ticket = tickets.head();
                ticket != null && (nextReturn == UNKNOWN || ticket.grantedAt + WINDOW - nextReturn < 0);
                ticket = next) {
            next = ticket.behind;
            if (ticket.hasLeft() && takeBack(tickets, ticket, now) && ticket.move(Ticket.WRITTEN, Ticket.UNANSWERED)) {
                unanswered++;
            }
        }
        return unanswered;
    }

    private boolean takeBack(TicketList list, Ticket ticket, long now) {
        long back = ticket.writtenAt() + WINDOW + guard(ticket, roundTrips.shortest(), now);
        if (back - now <= 0) {
            list.remove(ticket);
            return true;
        }
        long next = back;
        if (ticket.isAnswered()) {
            long certain = RoundTrips.certainAt(ticket.answeredAt());
            if (certain - now > 0 && certain - back < 0) {
                next = certain; // less may be believed of it by then
            }
        }
        if (nextReturn == UNKNOWN || next - nextReturn < 0) {
            nextReturn = next;
        }
        return false;
    }

    /** Who tells how long a call without an answer was held up: the next that has one, or nobody. */
    private static @Nullable Ticket witness(Ticket ticket) {
        Ticket witness = ticket.behind;
        for (int i = 0; i < NEIGHBOURS && witness != null; i++) {
            if (witness.isAnswered()) {
                return witness;
            }
            witness = witness.behind;
        }
        return null;
    }

    private long guard(Ticket ticket, long shortestRoundTrip, long now) {
        boolean cold = isCold(ticket.writtenAt());
        // Asked once: its answer may come at any moment.
        boolean answered = ticket.isAnswered();
        if (cold && !answered) {
            return WINDOW;
        }
        Ticket witness = answered ? ticket : witness(ticket);
        long excess =
                witness == null ? 0 : witness.excess(cold ? 0 : shortestRoundTrip); // cold, the shortest proves nothing
        if (witness == null || (!answered && excess <= config.guardNanos())) {
            return config.guardNanos() + roundTrips.heldUpUntil(ticket.writtenAt(), now) - ticket.writtenAt();
        }
        long most = cold ? Long.MAX_VALUE : roundTrips.credible(excess, witness.answeredAt(), now);
        long doubt = Math.max(config.leastGuardNanos(), roundTrips.doubt());
        return Math.min(excess + doubt, most);
    }
}
