/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("promise-5")
class RetryBudgetTest {

    private static final Duration SHORT = Duration.ofMillis(3);
    private static final Duration DRY = Duration.ofSeconds(7);
    private static final Duration LONGER = Duration.ofSeconds(9);

    private final RetryBudget budget = new RetryBudget(2);

    @Test
    void repetitionsTakeTokensAndWaitWhenThereAreNone() {
        assertThat(budget.delay(SHORT, DRY)).isEqualTo(SHORT);
        assertThat(budget.delay(LONGER, DRY)).isEqualTo(LONGER);
        assertThat(budget.left()).isZero();
        assertThat(budget.delay(SHORT, DRY)).isEqualTo(DRY);
        assertThat(budget.delay(LONGER, DRY)).as("waits long enough already").isEqualTo(LONGER);
        assertThat(budget.left()).isZero();
    }

    @Test
    void callsThatCouldNotBeSentEmptyItTooAndThenFirstAttemptsWait() {
        budget.notSent();
        assertThat(budget.firstDelay(DRY)).isZero();
        budget.notSent();
        assertThat(budget.firstDelay(DRY)).isEqualTo(DRY);
        budget.answered();
        assertThat(budget.firstDelay(DRY)).isZero();
        assertThat(budget.left()).as("a first attempt takes none").isEqualTo(1);
    }

    @Test
    void answersFillItNoFurtherThanItWas() {
        budget.notSent();
        for (int i = 0; i < 5; i++) {
            budget.answered();
        }
        assertThat(budget.left()).isEqualTo(2);
    }
}
