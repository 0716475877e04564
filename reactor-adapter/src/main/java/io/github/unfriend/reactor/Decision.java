/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import java.time.Duration;
import java.util.Objects;

/**
 * What a {@link RetryPolicy} gives back: what a failed attempt leads to. It says what becomes of the accounts of the
 * attempt, and maybe what all other calls do.
 *
 * <p>The set is closed. Code that must know every kind implements {@link Cases}: a new kind does not compile until it is
 * handled everywhere.
 */
public sealed interface Decision {

    /**
     * What becomes of the accounts of the failed attempt.
     *
     * @return this itself, if it is about nothing else
     */
    ForAccounts accounts();

    /**
     * Hands this to the case of its kind.
     *
     * @param cases one for each kind
     * @param <R> what they give
     * @return what the case gave
     */
    <R> R match(Cases<R> cases);

    /** What becomes of the accounts alone; nobody else is concerned. */
    sealed interface ForAccounts extends Decision {

        /**
         * Hands this to the case of its kind.
         *
         * @param cases one for each kind
         * @param <R> what they give
         * @return what the case gave
         */
        <R> R matchAccounts(AccountCases<R> cases);

        @Override
        default ForAccounts accounts() {
            return this;
        }

        @Override
        default <R> R match(Cases<R> cases) {
            return cases.forAccounts(this);
        }
    }

    /**
     * The accounts are sent again after a delay. While they wait they hold neither a connection nor a permit.
     *
     * @param delay from now on; zero or more
     */
    record Retry(Duration delay) implements ForAccounts {

        /**
         * Checks the delay. One beyond what timers can count is as long as they can.
         *
         * @param delay from now on; zero or more
         */
        public Retry {
            delay = Figures.notNegative(Objects.requireNonNull(delay, "delay"), "delay");
        }

        @Override
        public <R> R matchAccounts(AccountCases<R> cases) {
            return cases.retry(this);
        }
    }

    /**
     * The UserSig is renewed once for all waiting calls, then the accounts are sent again. If it happens a second time on a
     * new one, the same as {@link Stop}. For an item inside an answer the same as {@link GiveUp}: its call was signed well
     * enough to be answered.
     */
    record RenewUserSig() implements ForAccounts {

        @Override
        public <R> R matchAccounts(AccountCases<R> cases) {
            return cases.renewUserSig(this);
        }
    }

    /**
     * The batch is cut in half, again and again, until the account to blame stands alone. Its parts are sent one after the
     * other. When 60 were refused alike and none was accepted, the rest ends with {@link
     * io.github.unfriend.LocalCode#REFUSED_TOGETHER}. For a single account the same as {@link GiveUp}.
     */
    record Halve() implements ForAccounts {

        @Override
        public <R> R matchAccounts(AccountCases<R> cases) {
            return cases.halve(this);
        }
    }

    /** The accounts end with what is known of them; the stream goes on. */
    record GiveUp() implements ForAccounts {

        @Override
        public <R> R matchAccounts(AccountCases<R> cases) {
            return cases.giveUp(this);
        }
    }

    /**
     * Fatal: calls in flight finish, then the stream ends with a typed error. The accounts of a call that the service refused
     * have no result then. If the service refused the call, or a proxy did with two different batches, the gateway refuses
     * everything with that error from now on, see {@link FriendGateway#refusal()}. If it is about an item inside an answer, that item and all others of the answer have theirs.
     */
    record Stop() implements ForAccounts {

        @Override
        public <R> R matchAccounts(AccountCases<R> cases) {
            return cases.stop(this);
        }
    }

    /** Which calls a decision concerns. */
    enum Scope {
        /** Those of the API that was called. */
        THIS_API,
        /** Those of all APIs. */
        ALL_APIS
    }

    /**
     * All calls in the scope slow down.
     *
     * @param scope which calls
     * @param accounts what becomes of the accounts
     */
    record SlowDown(Scope scope, ForAccounts accounts) implements Decision {

        /**
         * Refuses null.
         *
         * @param scope which calls
         * @param accounts what becomes of the accounts
         */
        public SlowDown {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(accounts, "accounts");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.slowDown(this);
        }
    }

    /**
     * All calls in the scope pause. After a pause of all APIs one call goes first; the others leave when its code has been
     * read.
     *
     * @param scope which calls
     * @param duration from now on; zero or more
     * @param accounts what becomes of the accounts
     */
    record Pause(Scope scope, Duration duration, ForAccounts accounts) implements Decision {

        /**
         * Refuses null and a negative duration.
         *
         * @param scope which calls
         * @param duration from now on; zero or more
         * @param accounts what becomes of the accounts
         */
        public Pause {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(accounts, "accounts");
            duration = Figures.notNegative(Objects.requireNonNull(duration, "duration"), "duration");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.pause(this);
        }
    }

    /**
     * The From_Account is served one call at a time from now on, over all streams of the gateway.
     *
     * @param accounts what becomes of the accounts
     */
    record Serialize(ForAccounts accounts) implements Decision {

        /**
         * Refuses null.
         *
         * @param accounts what becomes of the accounts
         */
        public Serialize {
            Objects.requireNonNull(accounts, "accounts");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.serialize(this);
        }
    }

    /**
     * Code that handles every kind.
     *
     * @param <R> what it gives
     */
    interface Cases<R> {

        /**
         * Only the accounts are concerned.
         *
         * @param accounts the decision
         * @return what this case gives
         */
        R forAccounts(ForAccounts accounts);

        /**
         * All slow down.
         *
         * @param slowDown the decision
         * @return what this case gives
         */
        R slowDown(SlowDown slowDown);

        /**
         * All pause.
         *
         * @param pause the decision
         * @return what this case gives
         */
        R pause(Pause pause);

        /**
         * The From_Account is served one call at a time.
         *
         * @param serialize the decision
         * @return what this case gives
         */
        R serialize(Serialize serialize);
    }

    /**
     * Code that handles everything that can become of accounts.
     *
     * @param <R> what it gives
     */
    interface AccountCases<R> {

        /**
         * They are sent again.
         *
         * @param retry the decision
         * @return what this case gives
         */
        R retry(Retry retry);

        /**
         * The UserSig is renewed.
         *
         * @param renew the decision
         * @return what this case gives
         */
        R renewUserSig(RenewUserSig renew);

        /**
         * The batch is cut in half.
         *
         * @param halve the decision
         * @return what this case gives
         */
        R halve(Halve halve);

        /**
         * They are given up.
         *
         * @param giveUp the decision
         * @return what this case gives
         */
        R giveUp(GiveUp giveUp);

        /**
         * The stream ends.
         *
         * @param stop the decision
         * @return what this case gives
         */
        R stop(Stop stop);
    }
}
