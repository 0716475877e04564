/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import java.time.Duration;
import java.util.Objects;

/**
 * What is to be done about a {@link Failure}.
 *
 * @param action what; slowing down, pausing and serialising concern everybody and are done in any case
 * @param delay how long these accounts wait before they go again; a pause lasts that long for all. While they wait they
 *     hold neither a connection nor a permit. Without meaning for {@link Action#HALVE}, {@link Action#GIVE_UP} and
 *     {@link Action#STOP}
 * @param again whether these accounts are sent again; without meaning for the same three
 */
public record Decision(Action action, Duration delay, boolean again) {

    /**
     * Checks the figures. A delay beyond what timers can count is as long as they can.
     *
     * @param action what to do
     * @param delay when, from now
     * @param again whether these accounts are sent again
     * @throws io.github.unfriend.InvalidRequestException if the delay is negative
     */
    public Decision {
        Objects.requireNonNull(action, "action");
        delay = Figures.notNegative(Objects.requireNonNull(delay, "delay"), "delay");
    }

    /** The closed set of consequences. */
    public enum Action {
        /** Send these accounts again. */
        AGAIN,
        /** Slow down all calls of this API, then send again. */
        SLOW_DOWN,
        /** Slow down all calls of both APIs, then send again. */
        SLOW_DOWN_ALL,
        /** Pause this API, then send again. */
        PAUSE,
        /**
         * Pause both APIs, then send again. After the pause all calls go on at their usual rate, without a probe ahead
         * of them: if the service still refuses (70050), each call that has left earns one more refusal before the next
         * pause holds the others back.
         */
        PAUSE_ALL,
        /** Serve this From_Account one call at a time from now on, and send again. */
        SERIALISE,
        /**
         * Renew the UserSig once for all waiting calls, then send again; a second time on a new one, stop. For a single
         * item, whose call was signed well enough to be answered, the same as {@link #GIVE_UP}.
         */
        RENEW,
        /** Cut the batch in half and send both halves; for a single item the same as {@link #GIVE_UP}. */
        HALVE,
        /** These accounts end with what is known of them; the stream goes on. */
        GIVE_UP,
        /**
         * Fatal: calls in flight finish, then the stream ends with a typed error. The accounts of a refused call have no
         * result then; for a single item, it and all others of its answer have theirs.
         */
        STOP
    }

    /**
     * A decision with a delay.
     *
     * @param action what to do
     * @param delay when, from now
     * @return the decision
     */
    public static Decision of(Action action, Duration delay) {
        return new Decision(action, delay, true);
    }

    /**
     * The same, but these accounts are not sent again.
     *
     * @return the decision
     */
    public Decision once() {
        return new Decision(action, delay, false);
    }

    /**
     * A decision for now.
     *
     * @param action what to do
     * @return the decision
     */
    public static Decision of(Action action) {
        return new Decision(action, Duration.ZERO, true);
    }
}
