/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Decision;
import io.github.unfriend.reactor.Pacer;

/**
 * Carries out the part of a decision that concerns more than the accounts of one call.
 *
 * @param pacer is told of refusals and pauses
 * @param serialOwners is told of conflicts
 */
public record Consequences(Pacer pacer, SerialOwners serialOwners) {

    void of(Decision decision, Api api, String fromAccount) {
        switch (decision.action()) {
            case SLOW_DOWN -> pacer.slowDown(api);
            case SLOW_DOWN_ALL -> {
                for (Api each : Api.values()) {
                    pacer.slowDown(each);
                }
            }
            case PAUSE -> pacer.pause(api, decision.delay());
            case PAUSE_ALL -> {
                for (Api each : Api.values()) {
                    pacer.pause(each, decision.delay());
                }
            }
            case SERIALISE -> serialOwners.add(fromAccount);
            case AGAIN, RENEW, HALVE, GIVE_UP, STOP -> {
                // concerns the call alone
            }
        }
    }
}
