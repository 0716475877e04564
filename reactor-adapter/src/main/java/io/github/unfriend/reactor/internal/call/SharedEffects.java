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

    /** Does what everybody is concerned with, and gives what becomes of the accounts. */
    Decision.ForAccounts apply(Decision decision, Api api, String fromAccount) {
        return decision.match(new Effects(api, fromAccount));
    }

    /** Equal for two decisions that do the same to others. */
    static Object key(Decision decision) {
        return decision.match(new Decision.Cases<Object>() {
            @Override
            public Object forAccounts(Decision.ForAccounts accounts) {
                return "nothing";
            }

            @Override
            public Object slowDown(Decision.SlowDown slowDown) {
                return List.of("slow down", slowDown.scope());
            }

            @Override
            public Object pause(Decision.Pause pause) {
                return List.of("pause", pause.scope(), pause.duration());
            }

            @Override
            public Object serialize(Decision.Serialize serialize) {
                return "serialize";
            }
        });
    }

    private static List<Api> apisIn(Decision.Scope scope, Api api) {
        return switch (scope) {
            case THIS_API -> List.of(api);
            case ALL_APIS -> List.of(Api.values());
        };
    }

    private final class Effects implements Decision.Cases<Decision.ForAccounts> {

        private final Api api;
        private final String fromAccount;

        Effects(Api api, String fromAccount) {
            this.api = api;
            this.fromAccount = fromAccount;
        }

        @Override
        public Decision.ForAccounts slowDown(Decision.SlowDown slowDown) {
            apisIn(slowDown.scope(), api).forEach(pacer::slowDown);
            return slowDown.accounts();
        }

        @Override
        public Decision.ForAccounts pause(Decision.Pause pause) {
            apisIn(pause.scope(), api).forEach(each -> pacer.pause(each, pause.duration()));
            if (pause.scope() == Decision.Scope.ALL_APIS && !pause.duration().isZero()) {
                gate.close(); // after the pause has begun: none is to be a probe in it
            }
            return pause.accounts();
        }

        @Override
        public Decision.ForAccounts serialize(Decision.Serialize serialize) {
            serializedAccounts.add(fromAccount);
            return serialize.accounts();
        }

        @Override
        public Decision.ForAccounts forAccounts(Decision.ForAccounts accounts) {
            return accounts;
        }
    }
}
