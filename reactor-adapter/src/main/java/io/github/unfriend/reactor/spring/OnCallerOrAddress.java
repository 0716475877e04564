/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Somebody has begun to say who calls, or whom. Figures alone do not count: they may be there for every profile. Looks at
 * names only: a value may refer to a variable that is not set, which is for the one to say who reads the value.
 */
final class OnCallerOrAddress extends SpringBootCondition {

    private static final List<String> PROPERTIES = List.of(
            "unfriend.sdk-app-id",
            "unfriend.administrator",
            "unfriend.secret-key",
            "unfriend.region",
            "unfriend.endpoint");

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        ConditionMessage.Builder message = ConditionMessage.forCondition("unfriend.*");
        return PROPERTIES.stream()
                .filter(environment::containsProperty)
                .findFirst()
                .map(found -> ConditionOutcome.match(message.foundExactly(found)))
                .orElseGet(() ->
                        ConditionOutcome.noMatch(message.didNotFind("any of").items(PROPERTIES)));
    }
}
