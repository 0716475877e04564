/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.reactor.AttemptFailure;
import io.github.unfriend.reactor.internal.batch.Batch;
import io.github.unfriend.reactor.internal.batch.Pending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a call and its accounts when something has happened to it. The stream applies it.
 *
 * @param isOver the call has ended, and gives its place free
 * @param repeatAfter the call goes on with another attempt after this time; null if it does not
 * @param atOnce the next attempt keeps the place of the call
 * @param settled accounts that have their results
 * @param unfinished accounts that will not be sent and have no result
 * @param held accounts that wait until a later disposition releases them
 * @param released accounts that were held, and are settled or go on now
 * @param resends accounts that go on in other calls
 * @param fatal ends the stream; null if it goes on
 * @param refusesAll whether it ends all other streams, too: the gateway is refused
 * @param <T> the type of the elements
 */
public record Disposition<T>(
        boolean isOver,
        @Nullable Duration repeatAfter,
        boolean atOnce,
        List<Settlement<T>> settled,
        List<Pending<T>> unfinished,
        List<Batch<T>> held,
        List<Batch<T>> released,
        List<Resend<T>> resends,
        @Nullable Throwable fatal,
        boolean refusesAll) {

    /**
     * Accounts that go on in another call.
     *
     * @param batch the accounts
     * @param delay from now on
     * @param together whether they stay a batch; else each joins whatever is gathered for its From_Account
     * @param <T> the type of the elements
     */
    public record Resend<T>(Batch<T> batch, Duration delay, boolean together) {}

    /** Nothing changes. */
    static <T> Disposition<T> none() {
        return new Builder<T>().build();
    }

    /** Collects what is decided about one event. */
    static final class Builder<T> {

        private boolean isOver;
        private @Nullable Duration repeatAfter;
        private boolean atOnce;
        private final List<Settlement<T>> settled = new ArrayList<>();
        private final List<Pending<T>> unfinished = new ArrayList<>();
        private final List<Batch<T>> held = new ArrayList<>();
        private final List<Batch<T>> released = new ArrayList<>();
        private final List<Resend<T>> resends = new ArrayList<>();
        private @Nullable Throwable fatal;
        private boolean refusesAll;

        /** The call has ended. */
        Builder<T> over() {
            isOver = true;
            return this;
        }

        /** The same call makes another attempt. */
        void repeat(Duration delay) {
            repeatAfter = delay;
        }

        /** The same call makes another attempt now, since nobody is to blame for the last one. */
        void repeatAtOnce() {
            repeatAfter = Duration.ZERO;
            atOnce = true;
        }

        void settle(Pending<T> account, int code, String info) {
            settled.add(new Settlement<>(account, code, info));
        }

        void giveUp(Pending<T> account, AttemptFailure failure) {
            settled.add(Settlement.givenUp(account, failure));
        }

        /** A batch will not be sent: accounts that may be deleted already have a result. */
        Builder<T> abandon(Batch<T> batch, String reason) {
            for (Pending<T> account : batch.accounts()) {
                Settlement<T> result = Settlement.unfinished(account, reason);
                if (result == null) {
                    unfinished.add(account);
                } else {
                    settled.add(result);
                }
            }
            return this;
        }

        void resend(Batch<T> batch, Duration delay, boolean together) {
            if (!batch.isEmpty()) {
                resends.add(new Resend<>(batch, delay, together));
            }
        }

        /** A part of a halved batch waits until other parts are over. */
        void hold(Batch<T> part) {
            held.add(part);
        }

        /** A part that was held is taken away; its accounts are settled with this. */
        void release(Batch<T> part) {
            released.add(part);
        }

        /** A part that was held goes now. */
        void goOn(Batch<T> part) {
            released.add(part);
            resend(part, Duration.ZERO, true);
        }

        boolean isOver() {
            return isOver;
        }

        /** The stream ends; the first reason counts. */
        Builder<T> fatal(Throwable error) {
            fatal = fatal == null ? error : fatal;
            return this;
        }

        /** The gateway is refused: all streams end with the fatal error. */
        void refuseAll() {
            refusesAll = true;
        }

        @Nullable
        Throwable fatal() {
            return fatal;
        }

        Disposition<T> build() {
            return new Disposition<>(
                    isOver, repeatAfter, atOnce, settled, unfinished, held, released, resends, fatal, refusesAll);
        }
    }
}
