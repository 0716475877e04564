/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.internal.batch.SerializedAccounts;
import java.util.List;

/**
 * Carries out the part of a decision that concerns more than the accounts of one call. Callable from any thread.
 *
 * @param pacer is told of refusals and pauses
 * @param serializedAccounts is told of conflicts
 * @param gate is closed when both APIs pause
 */
public record SharedEffects(Pacer pacer, SerializedAccounts serializedAccounts, ProbeGate gate) {

    /** What a decision means for everybody. */
    Effect of(Decision decision, Api api, String fromAccount) {
        return decision.match(new Effects(api, fromAccount));
    }

    /**
     * Something that concerns all calls.
     *
     * @param key equal for two effects that do the same
     * @param action does it
     */
    record Effect(Object key, Runnable action) {}

    private static List<Api> apisIn(Decision.Scope scope, Api api) {
        return switch (scope) {
            case THIS_API -> List.of(api);
            case ALL_APIS -> List.of(Api.values());
        };
    }

    private final class Effects implements Decision.Cases<Effect> {

        private final Api api;
        private final String fromAccount;

        Effects(Api api, String fromAccount) {
            this.api = api;
            this.fromAccount = fromAccount;
        }

        @Override
        public Effect forAccounts(Decision.ForAccounts accounts) {
            return new Effect("nothing", () -> {});
        }

        @Override
        public Effect slowDown(Decision.SlowDown slowDown) {
            Decision.Scope scope = slowDown.scope();
            return new Effect(
                    List.of("slow down", scope), () -> apisIn(scope, api).forEach(pacer::slowDown));
        }

        @Override
        public Effect pause(Decision.Pause pause) {
            return new Effect(List.of("pause", pause.scope(), pause.duration()), () -> {
                apisIn(pause.scope(), api).forEach(each -> pacer.pause(each, pause.duration()));
                if (pause.scope() == Decision.Scope.ALL_APIS
                        && !pause.duration().isZero()) {
                    gate.close(); // after the pause has begun: none is to be a probe in it
                }
            });
        }

        @Override
        public Effect serialize(Decision.Serialize serialize) {
            return new Effect("serialize", () -> serializedAccounts.add(fromAccount));
        }
    }
}
