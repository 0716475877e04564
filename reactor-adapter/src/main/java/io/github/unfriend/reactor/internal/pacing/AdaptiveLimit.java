/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.SlidingPacerConfig.WINDOW;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds how many calls the service really allows when it refuses some for their rate; the documentation of the package
 * says how. Not thread-safe; owned by the draining thread.
 */
final class AdaptiveLimit {

    /** Between two steps up. */
    private static final long STEP_INTERVAL = 2 * WINDOW;
    /** Before the first step up. */
    private static final long HALT = 10 * WINDOW;

    private static final long LONGEST_HALT = 40 * WINDOW;
    /** Calls that must pass for each that was refused: a hundred, and a half more for those refused beside the probes. */
    private static final int CALLS_FOR_A_REFUSAL = 150;

    private final int limit;
    /** When the calls of the last window were answered that were not refused. */
    private final Deque<Long> taken = new ArrayDeque<>();

    private int allowed;
    private int step = 1;
    private long nextStepAt;

    // The current episode: from the first refusal until the first step up.
    private boolean inEpisode;
    private int refusedInEpisode;
    private int takenByService;
    private int refusedAt;
    private long quietUntil;

    AdaptiveLimit(int limit) {
        this.limit = limit;
        this.allowed = limit;
    }

    /** The budget: calls in any sliding second. */
    int allowed() {
        return allowed;
    }

    /** A call was answered; whether it was refused is told later. */
    void answered(long at) {
        taken.addLast(at);
        takenInLastWindow(at);
    }

    /** One of the calls that were answered was refused for its rate. */
    void refused(long now) {
        taken.pollLast();
        if (!inEpisode) {
            inEpisode = true;
            refusedInEpisode = 0;
            takenByService = Math.max(1, Math.min(allowed - 1, takenInLastWindow(now)));
        }
        if (now - quietUntil >= 0) {
            int lower = allowed > takenByService
                    ? Math.max(takenByService, allowed / 2)
                    : allowed - Math.max(1, allowed / 20);
            allowed = Math.max(1, lower);
            refusedAt = allowed;
            step = 1;
            quietUntil = now + WINDOW; // until then refusals are of calls that were under way
        }
        refusedInEpisode = Math.min(limit, refusedInEpisode + 1); // more would be the longest halt anyway
        long halt = WINDOW / allowed * CALLS_FOR_A_REFUSAL * refusedInEpisode;
        nextStepAt = now + Math.min(LONGEST_HALT, Math.max(HALT, halt));
    }

    /** Climbs if it is time. */
    void climb(long now) {
        while (allowed < limit && now - nextStepAt >= 0) {
            inEpisode = false;
            allowed = Math.min(limit, allowed + step);
            if (allowed > refusedAt + 1) {
                step *= 2;
            }
            nextStepAt += STEP_INTERVAL;
        }
    }

    private int takenInLastWindow(long now) {
        while (!taken.isEmpty() && taken.getFirst() <= now - WINDOW) {
            taken.removeFirst();
        }
        return taken.size();
    }
}
