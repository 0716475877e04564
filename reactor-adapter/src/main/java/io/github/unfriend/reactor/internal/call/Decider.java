/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.AttemptFailure;
import io.github.unfriend.reactor.Decision;
import java.util.HashSet;
import java.util.Set;

/**
 * Asks the retry policy what a failure leads to: that of a call, and that of an item inside an answer. What the decision
 * means for everybody is done here, once for an answer, however many of its items ask for it; what it means for the
 * accounts is left to the caller. One instance for one answer or failed attempt.
 */
final class Decider {

    private final CallConfig config;
    private final Api api;
    private final String fromAccount;
    private final Set<Object> done = new HashSet<>();

    Decider(CallConfig config, Api api, String fromAccount) {
        this.config = config;
        this.api = api;
        this.fromAccount = fromAccount;
    }

    /** Throws what a policy or a pacer of the user's throws. */
    Decision decide(AttemptFailure failure) {
        Decision decision = config.policy().decide(failure);
        SharedEffects.Effect effect = config.effects().of(decision, api, fromAccount);
        if (done.add(effect.key())) {
            effect.action().run();
        }
        return decision;
    }
}
