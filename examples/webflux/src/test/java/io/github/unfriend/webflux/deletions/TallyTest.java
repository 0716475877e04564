/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.ResultItem;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** Counts stay bounded, whatever comes. */
class TallyTest {

    private final Tally tally = new Tally(Clock.systemUTC());

    @Test
    void aCodeThatComesOftenHidesNoneThatCameOnce() {
        tally.add(new ResultItem("a", "once", 30001, "bad"));
        for (int i = 0; i < 1000; i++) {
            tally.add(new ResultItem("a", "b" + i, 30003, ""));
        }
        assertThat(tally.failures()).extracting(Progress.Failures::code).containsExactly(30003, 30001);
        assertThat(tally.failures().get(0).count()).isEqualTo(1000);
        assertThat(tally.failures().get(0).last())
                .hasSize(8)
                .extracting(Progress.FailedAccount::to)
                .startsWith("b999", "b998");
        assertThat(tally.codes()).extracting(Progress.CodeCount::code).containsExactly(30003, 30001);
    }

    @Test
    void codesThatSomebodyMakesUpDoNotFillTheMemory() {
        for (int code = 100_000; code < 101_000; code++) {
            tally.add(new ResultItem("a", "b", code, ""));
        }
        assertThat(tally.outcomes().sum()).isEqualTo(1000);
        assertThat(tally.outcomes().failed()).isEqualTo(1000);
        assertThat(tally.codes()).hasSizeLessThanOrEqualTo(200);
        assertThat(tally.failures()).hasSizeLessThanOrEqualTo(50);
    }
}
