/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

/**
 * Finds how many calls the service really allows when it refuses some for their rate. On a refusal the budget falls to
 * what the service took in the last second, but to no less than half at once. Then it climbs: quickly to where it was
 * refused, with one long halt there, and beyond that in steps that double while nobody objects. A server that allows
 * 150 is met once in a while by a single call too many; one that has recovered is back at full rate within half a
 * minute. Not thread-safe; owned by the lane.
 */
final class RateFinder {

    /** Between two steps up. */
    private static final long STEP_INTERVAL = 2 * SlidingPacerConfig.WINDOW;
    /** Before the first step beyond a budget that was refused. */
    private static final long HALT = 10 * SlidingPacerConfig.WINDOW;

    private final int limit;
    private int allowed;
    private int refusedAt;
    private int step = 1;
    private long nextStepAt;
    private long quietUntil;
    private boolean cut;
    private int refusalsOfEpisode;
    private long episodeStart;

    RateFinder(int limit) {
        this.limit = limit;
        this.allowed = limit;
        this.refusedAt = limit;
    }

    int allowed() {
        return allowed;
    }

    boolean isBelowLimit() {
        return allowed < limit;
    }

    /** When the budget changes next by itself; meaningless at the limit. */
    long nextStepAt() {
        return nextStepAt;
    }

    /**
     * Some calls were refused.
     *
     * @param refusals how many since the last word
     * @param answeredInWindow answers of the last second, refusals included
     */
    void refused(int refusals, int answeredInWindow, long now) {
        if (!cut || now - episodeStart > SlidingPacerConfig.WINDOW) {
            episodeStart = now;
            refusalsOfEpisode = 0;
        }
        refusalsOfEpisode += refusals;
        if (cut && now - quietUntil < 0) {
            return; // calls sent before the last cut
        }
        int taken = answeredInWindow - refusalsOfEpisode;
        int target = taken < allowed ? taken : allowed - Math.max(1, allowed / 20);
        refusedAt = Math.max(1, Math.max(target, allowed / 2));
        allowed = refusedAt;
        step = 1;
        cut = true;
        quietUntil = now + SlidingPacerConfig.WINDOW;
        nextStepAt = now + HALT;
    }

    /** Climbs if it is time. */
    void climb(long now) {
        while (allowed < limit && now - nextStepAt >= 0) {
            allowed = Math.min(limit, allowed + step);
            if (allowed > refusedAt + 1) {
                step *= 2;
            }
            nextStepAt += STEP_INTERVAL;
        }
    }
}
