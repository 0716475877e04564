/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The places of one API that are taken, and when they come back; the rule and its proof stand in the documentation of
 * the package. A place is taken from the grant on. It comes back one second after the time by which its call has arrived
 * at the service for sure. Not thread-safe; belongs to the draining thread.
 */
final class SlidingWindow {

    /** After this long without a call, connections will have been closed: a start again. */
    private static final long LONG_IDLE = 20 * WINDOW;
    /** For clocks and timers: half a millisecond. */
    private static final long SLACK = WINDOW / 2_000;
    /** A call that nobody waits for may still arrive within this time. */
    private static final long LAST_ARRIVAL = 5 * WINDOW;

    private final SlidingPacerConfig config;
    private final Map<String, Route> routes = new HashMap<>();
    /** Calls that were written, in the order in which their places come back. */
    private final TreeSet<QueuedPermit> returning = new TreeSet<>(
            Comparator.<QueuedPermit>comparingLong(call -> call.backAt).thenComparingLong(call -> call.number));

    /** Calls whose place has come back for this process and not for another, in the order of their answers. */
    private final TreeSet<QueuedPermit> cooling = new TreeSet<>(
            Comparator.<QueuedPermit>comparingLong(call -> call.acknowledgedAt).thenComparingLong(call -> call.number));

    private final Silence silence = new Silence();
    private String currentHost = "";
    private int granted;
    private long grants;
    private int unacknowledged;
    private long lastWritten = -LONG_IDLE;
    /** For a second after a start, classes are loaded and connections opened on both sides. */
    private long coldUntil = WINDOW;
    /** When the last silence ended. */
    private long silentUntil;

    SlidingWindow(SlidingPacerConfig config) {
        this.config = config;
    }

    /** How many are taken. */
    int taken() {
        return granted + returning.size();
    }

    /**
     * Places that another process could not use yet: those that are taken, and those whose call was answered less than a
     * second ago. Between two processes the shortest round trip does not cancel out.
     */
    int notTransferable(long now) {
        forgetCold(now);
        return taken() + cooling.size();
    }

    private void forgetCold(long now) {
        while (!cooling.isEmpty() && cooling.first().acknowledgedAt + WINDOW + SLACK <= now) {
            cooling.pollFirst();
        }
    }

    /** Whether calls are out and the service has answered none for some time. */
    private boolean isSilent(long now) {
        return unacknowledged > 0 && now >= silence.begins();
    }

    /** While the service is silent, or so many calls are out that only probes are left, when the next one may leave. */
    long nextByAnswers(long now, int allowed) {
        int kept = config.isCapped() ? 0 : Silence.placesKept(allowed);
        if (kept == 0) {
            return now;
        }
        if (isSilent(now)) {
            return silence.nextProbe();
        }
        return granted + unacknowledged < allowed - kept ? now : silence.begins();
    }

    /** When the next one comes back, as far as is known, or {@link QueuedPermit#NEVER}. */
    long nextReturn() {
        return returning.isEmpty() ? QueuedPermit.NEVER : returning.first().backAt;
    }

    /** Somebody wants to call, perhaps after a long time in which nobody did or none was let. */
    void busyAgain(long now) {
        if (now - lastWritten > LONG_IDLE) {
            coldUntil = now + WINDOW;
        }
    }

    void take(QueuedPermit call, long now) {
        call.grantedAt = now;
        cooling.pollLast(); // the place that another process would have to wait for the longest
        granted++;
        call.number = grants++;
        call.isProbe = isSilent(now);
        if (call.isProbe) {
            silence.probed(now);
        }
    }

    /** Frees the place of a call that was not made. */
    void giveBack(QueuedPermit call, long now) {
        granted--;
        call.acknowledgedAt = now; // it may have taken a place that has to cool
        cooling.add(call);
        if (call.isProbe) {
            silence.notProbed();
        }
    }

    /** A call was written, perhaps though its permit had been given back: then it holds a place like any other. */
    void written(QueuedPermit call) {
        if (call.known == QueuedPermit.State.GRANTED) {
            granted--;
        } else { // written by one thread while another gave it back
            cooling.remove(call);
            call.acknowledgedAt = QueuedPermit.NEVER;
            call.grantedAt = call.writtenAt;
        }
        long at = call.writtenAt;
        lastWritten = Math.max(lastWritten, at);
        Route route = routes.computeIfAbsent(call.host, name -> new Route());
        if (!call.host.equals(currentHost)) {
            currentHost = call.host;
            leaveOtherRoutes();
        }
        call.isCold = at < coldUntil || isSilent(at);
        hold(call, at + config.longestHold() + SLACK);
        route.out(call);
        if (unacknowledged++ == 0) {
            silence.beginsAnew(at);
        }
    }

    /** Between two routes the shortest round trip does not cancel out: what it spared is held. */
    private void leaveOtherRoutes() {
        for (QueuedPermit call : List.copyOf(returning)) {
            if (!call.host.equals(currentHost) && call.acknowledgedAt != QueuedPermit.NEVER) {
                hold(call, Math.max(call.backAt, call.acknowledgedAt + WINDOW + SLACK));
            }
        }
    }

    /** An answer of the service itself: it bounds when its call arrived, and acknowledges those written before it. */
    void answered(QueuedPermit call) {
        Route route = routes.get(call.host);
        if (route == null) {
            return;
        }
        long at = call.answeredAt;
        if (isSilent(at)) {
            silentUntil = at;
        }
        silence.beginsAnew(at);
        // Not if this thread was held up, maybe after the write: the call would look shorter than it was. And not if it
        // has met a silence: all calls of a process that calls seldom may have, and then none says how short the way
        // is.
        if (call.writtenAt - call.grantedAt <= SLACK && call.writtenAt >= silentUntil) {
            route.roundTrip(at - call.writtenAt, at);
        }
        // Those that this one cannot have overtaken had arrived before it.
        for (QueuedPermit earlier : route.takeWrittenUntil(call.writtenAt - config.guardNanos())) {
            arrived(earlier, route, at);
        }
        arrived(call, route, at);
    }

    /** It had arrived when this answer came back, so at least the shortest round trip before that. */
    private void arrived(QueuedPermit call, Route route, long answer) {
        acknowledge(call, answer);
        // What takes long in the cold are classes and connections, on both sides; and the calls of a silence may be all
        // that the shortest is known from. There it proves nothing.
        long spared = call.isCold || routes.get(currentHost) != route ? 0 : route.leastPossible(config.guardNanos());
        long back = Math.max(call.writtenAt, answer - spared) + WINDOW + SLACK;
        if (returning.contains(call)) {
            hold(call, Math.min(call.backAt, back));
        } else if (back > answer && !config.isCapped()) {
            hold(call, back); // its place had come back too soon
        }
    }

    /** The first sign counts. */
    private void acknowledge(QueuedPermit call, long at) {
        if (call.acknowledgedAt == QueuedPermit.NEVER) {
            call.acknowledgedAt = at;
            unacknowledged -= returning.contains(call) ? 1 : 0;
        }
    }

    private void hold(QueuedPermit call, long until) {
        returning.remove(call);
        call.backAt = until;
        returning.add(call);
    }

    /** Nothing is sent to this host any more; when it is back, the way there may be another one. */
    void lost(String host, long now) {
        routes.remove(host);
        for (QueuedPermit call : List.copyOf(returning)) {
            if (call.host.equals(host)) {
                acknowledge(call, now);
                hold(call, Math.min(call.backAt, now + LAST_ARRIVAL));
                call.isCold = true;
            }
        }
    }

    /**
     * Takes back the places whose time has come; a call that still waits for its answer waits in vain. Where so few are
     * allowed that none can be kept for probes, those of calls that nobody waits for come back sooner.
     */
    void takeBack(long now, int allowed) {
        forgetCold(now);
        if (allowed > 0 && Silence.placesKept(allowed) == 0) {
            List.copyOf(returning).stream()
                    .filter(call ->
                            call.state() != QueuedPermit.State.WRITTEN && call.acknowledgedAt == QueuedPermit.NEVER)
                    .forEach(call -> hold(call, Math.min(call.backAt, now + LAST_ARRIVAL)));
        }
        while (!returning.isEmpty() && returning.first().backAt <= now) {
            QueuedPermit call = returning.pollFirst();
            routes.values().forEach(route -> route.forget(call));
            if (call.acknowledgedAt == QueuedPermit.NEVER) {
                unacknowledged--;
            } else {
                cooling.add(call);
            }
            call.move(QueuedPermit.State.WRITTEN, QueuedPermit.State.UNANSWERED);
        }
    }
}
