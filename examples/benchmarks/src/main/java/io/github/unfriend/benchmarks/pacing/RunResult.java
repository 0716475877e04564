/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.benchmarks.judge.Verdict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one API in one run: what arrived, and what the rule of our pacer allows.
 *
 * @param verdict what the judge saw
 * @param allowance null for candidates whose calls are not recorded
 */
record RunResult(Verdict verdict, @Nullable Allowance allowance) {

    boolean isRecorded() {
        return allowance != null && allowance.callsPerSecond() > 0;
    }

    double allowed() {
        return allowance == null ? 0 : allowance.callsPerSecond();
    }

    double unanswered() {
        return allowance == null ? 0 : allowance.unanswered();
    }

    /** How much of what the rule allows was used. */
    double percentOfAllowed() {
        return allowance == null ? 0 : 100 * allowance.part();
    }

    /** One line for the log of a run. */
    @Override
    public String toString() {
        return isRecorded()
                ? verdict
                        + String.format(
                                Locale.ROOT,
                                ", the rule allows %.1f/s (%.1f %% of it), %.0f without an answer",
                                allowed(),
                                percentOfAllowed(),
                                unanswered())
                : verdict.toString();
    }
}
