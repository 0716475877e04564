/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.reactor.internal.RequiredVersions.TooOldException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells at start-up which library is too old for a gateway. */
final class TooOldFailureAnalyzer extends AbstractFailureAnalyzer<TooOldException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TooOldException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Use Spring Boot 4.0.4 or newer, or set its property reactor-bom.version to 2025.0.4 or newer.",
                cause);
    }
}
