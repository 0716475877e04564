/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.Api;
import io.github.unfriend.ErrorCode;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.HttpRefusalException;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.PacerState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;

/**
 * What the gateway knows by itself; makes no call, since every call counts against the limit. Out of service when it is
 * closed; down when the service refused credentials or configuration and has not answered a call since, or when the last
 * attempts got no answer. A gateway that slows down or pauses is up: it does what the service asks for, and work only
 * waits.
 */
final class GatewayHealthIndicator extends AbstractReactiveHealthIndicator {

    private final FriendGateway gateway;

    GatewayHealthIndicator(FriendGateway gateway) {
        super("The state of the friend gateway cannot be read");
        this.gateway = gateway;
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder builder) {
        if (gateway.isDisposed()) {
            return Mono.just(builder.outOfService()
                    .withDetail("reason", "the gateway is closed")
                    .build());
        }
        UnfinishedException refusal = gateway.refusal();
        String problem = gateway.problem();
        if (refusal != null) {
            describe(builder.down(), refusal);
        } else if (problem != null) {
            builder.down().withDetail("reason", problem);
        } else {
            builder.up();
        }
        String slow = gateway.pacer().problem();
        if (slow != null) {
            builder.withDetail("pacer", slow);
        }
        for (Api api : Api.values()) {
            builder.withDetail(api.command(), details(gateway.pacer().state(api)));
        }
        return Mono.just(builder.build());
    }

    private static void describe(Health.Builder builder, UnfinishedException refusal) {
        if (refusal instanceof FatalRefusalException ofService) {
            ErrorCode code = ofService.errorCode();
            builder.withDetail("code", code.number())
                    .withDetail("meaning", code.meaning())
                    .withDetail("advice", code.advice());
        } else if (refusal instanceof HttpRefusalException onTheWay) {
            builder.withDetail("httpStatus", onTheWay.status()).withDetail("host", onTheWay.host());
        }
    }

    private static Map<String, Object> details(PacerState state) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("callsPerSecond", state.callsPerSecond());
        details.put("waiting", state.waiting());
        details.put("inFlight", state.inFlight());
        if (!state.pausedFor().isZero()) {
            details.put("pausedFor", state.pausedFor().toString());
        }
        return details;
    }
}
