/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.ErrorCategory;
import io.github.unfriend.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/**
 * Everything that is known of a deletion at one moment, as {@code GET /deletions/{id}} and its events show it.
 *
 * @param id its name in URLs
 * @param type {@code single} or {@code both}
 * @param state where it stands
 * @param settled whether nothing of this will change any more: it has ended, and the webhook has reported every removal
 *     or has had 10 s for it
 * @param streamed whether its results go to the one who posted it, and nowhere else
 * @param created when it was posted
 * @param seconds how long it has run, pauses included
 * @param total friendships in the list, duplicates included; null while not known
 * @param answered friendships with a result, duplicates included: each line of the list has one
 * @param outcomes the same by outcome
 * @param confirmed removals that the webhook reported of friendships that it asked for. A removal is reported once, also
 *     where duplicates in the list make several results. While more than 100,000 wait for their report, those that wait
 *     longest may not be counted
 * @param perSecond results a second, lately
 * @param secondsLeft the time to the end at this rate; null while unknown
 * @param codes counts by code, the most frequent first
 * @param failures what failed or is unknown, by code, the latest first
 * @param problem why it ended early; null if it did not
 * @param trouble what keeps the service from answering at present; null if nothing does
 * @param sample the latest point of the plots
 */
public record Progress(
        String id,
        String type,
        State state,
        boolean settled,
        boolean streamed,
        Instant created,
        double seconds,
        @Nullable Long total,
        long answered,
        Outcomes outcomes,
        long confirmed,
        long perSecond,
        @Nullable Long secondsLeft,
        List<CodeCount> codes,
        List<Failures> failures,
        @Nullable ProblemDetail problem,
        @Nullable String trouble,
        Sample sample) {

    /** Where a deletion stands. */
    public enum State {
        /** Its list comes in; nothing is sent yet. */
        READING,
        /** Calls are made as fast as the service and the reader of the results allow. */
        RUNNING,
        /**
         * Nothing more is asked for, also when the list is still coming in. Calls that are under way or read ahead are
         * still made, for a fraction of a second; results of the latter are handed on when it is resumed.
         */
        PAUSED,
        /** Every line of the list has its result, and every result has been handed on. */
        DONE,
        /** Somebody ended it; calls that were under way may have taken effect. */
        CANCELLED,
        /** It ended early; its problem says why. */
        FAILED;

        /**
         * Whether nothing will happen any more.
         *
         * @return true for the last three
         */
        public boolean isFinal() {
            return this == DONE || this == CANCELLED || this == FAILED;
        }
    }

    /**
     * Counts by outcome.
     *
     * @param deleted removed
     * @param notFriends there was nothing to remove
     * @param failed not removed
     * @param unknown no readable answer came
     */
    public record Outcomes(long deleted, long notFriends, long failed, long unknown) {

        long sum() {
            return deleted + notFriends + failed + unknown;
        }
    }

    /**
     * How often a code came.
     *
     * @param code the number
     * @param count how often
     * @param category what kind of trouble
     * @param meaning what happened
     * @param advice what to do about it
     */
    public record CodeCount(int code, long count, ErrorCategory category, String meaning, String advice) {}

    /**
     * Accounts that were not deleted, or whose outcome is unknown, for the same reason.
     *
     * @param code the number
     * @param outcome failed or unknown
     * @param count how many
     * @param category what kind of trouble
     * @param meaning what happened
     * @param advice what to do about it
     * @param last some of them, the latest first
     */
    public record Failures(
            int code,
            Outcome outcome,
            long count,
            ErrorCategory category,
            String meaning,
            String advice,
            List<FailedAccount> last) {}

    /**
     * One such account.
     *
     * @param at when its result came
     * @param from From_Account
     * @param to To_Account
     * @param info the text that came with it
     */
    public record FailedAccount(Instant at, String from, String to, String info) {}

    /**
     * A point of the plots.
     *
     * @param t milliseconds from the begin of the deletion
     * @param calls calls that the gateway wrote in the second before, for all deletions
     * @param limit the most calls a second that its pacer lets pass now
     * @param deleted results so far
     * @param notFriends results so far
     * @param failed results so far
     * @param unknown results so far
     * @param confirmed removals reported so far
     */
    public record Sample(
            long t, int calls, int limit, long deleted, long notFriends, long failed, long unknown, long confirmed) {}
}
