/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.webflux.deletions.Progress.Sample;
import io.github.unfriend.webflux.deletions.Progress.State;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/**
 * Where a deletion stands. Changed as a whole: who sees a final state sees the counts that belong to it. Immutable.
 *
 * @param started whether calls are made, or would be if it were not paused
 * @param paused whether somebody wants no new calls
 * @param end how it ended; null before
 */
record Standing(boolean started, boolean paused, @Nullable End end) {

    static final Standing AT_FIRST = new Standing(false, false, null);

    /**
     * The end of a deletion.
     *
     * @param state a final one
     * @param sample the last point of the plots
     * @param problem why it failed; null if it did not
     * @param nanos when, by {@link System#nanoTime()}
     */
    record End(State state, Sample sample, @Nullable ProblemDetail problem, long nanos) {}

    State state() {
        if (end != null) {
            return end.state();
        }
        if (paused) {
            return State.PAUSED;
        }
        return started ? State.RUNNING : State.READING;
    }

    Standing asStarted() {
        return new Standing(true, paused, end);
    }

    Standing asPaused(boolean now) {
        return end == null ? new Standing(started, now, null) : this;
    }

    /** The first word about the end counts. */
    Standing asEnded(End how) {
        return end == null ? new Standing(started, paused, how) : this;
    }
}
