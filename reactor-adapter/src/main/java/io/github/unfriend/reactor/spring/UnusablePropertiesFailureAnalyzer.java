/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells at start-up which {@code unfriend.*} properties are missing or wrong, and how to set them. */
final class UnusablePropertiesFailureAnalyzer extends AbstractFailureAnalyzer<UnusablePropertiesException> {

    private static final String MISSING = " is missing: ";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusablePropertiesException cause) {
        StringBuilder description =
                new StringBuilder("No FriendGateway can be made from the unfriend.* properties:%n%n".formatted());
        cause.problems().forEach(problem -> description.append("    - %s%n".formatted(problem)));
        boolean isMissingSome = cause.problems().stream().anyMatch(problem -> problem.contains(MISSING));
        boolean isWrongSome = cause.problems().stream().anyMatch(problem -> !problem.contains(MISSING));
        String action = (isWrongSome ? "Correct the properties that are named above." : "")
                + (isWrongSome && isMissingSome ? "%n%n".formatted() : "")
                + (isMissingSome ? HowToSet.PROPERTIES : "");
        return new FailureAnalysis(description.toString(), action, cause);
    }
}
