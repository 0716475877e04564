/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.reactor.FriendGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Tells somebody who asks for a gateway without a single {@code unfriend.*} property what to set. Before Boot's own. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingGatewayFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

    private final Environment environment;

    MissingGatewayFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, NoSuchBeanDefinitionException cause, @Nullable String description) {
        if (cause instanceof NoUniqueBeanDefinitionException || !isGateway(cause)) {
            return null;
        }
        String who = (description == null ? "Something" : description) + " required a FriendGateway, and there is none";
        if ("false".equalsIgnoreCase(environment.getProperty("unfriend.enabled"))) {
            return new FailureAnalysis(
                    who + ": unfriend.enabled is false.",
                    "Take unfriend.enabled away, or define a FriendGateway bean of your own.",
                    cause);
        }
        return new FailureAnalysis(
                who + ": no property says who calls, and where the service is.", HowToSet.PROPERTIES, cause);
    }

    private static boolean isGateway(NoSuchBeanDefinitionException cause) {
        return cause.getResolvableType() != null && cause.getResolvableType().resolve() == FriendGateway.class;
    }
}
