/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.benchmarks.judge.Verdict;
import org.junit.jupiter.api.Test;

class DemandTableTest {

    private final DemandTable table = new DemandTable(2);

    @Test
    void oursAndStrictStandSideBySide() {
        table.add(Shape.PUBLISH_ON, ReadAhead.OURS, new Verdict(200, 198.4, 198.1, 0, 0, 1_000, 1));
        table.add(Shape.PUBLISH_ON, ReadAhead.OURS, new Verdict(199, 198.5, 198.2, 0, 1, 3_000, 2));
        table.add(Shape.PUBLISH_ON, ReadAhead.STRICT, new Verdict(10, 9.5, 9.6, 2, 0, 2_000, 1));
        assertThat(table.toString().lines())
                .contains("| `publishOn(boundedElastic())` | 198.1..198.2 | 198.4..198.5 | 199..200"
                        + " | 9.6 | 9.5 | 10 | 0..2 / 0..1 | 1.0..3.0 ms | 1.0..2.0 |");
    }

    @Test
    void whatWasNotRunIsNotShownAsZero() {
        table.add(Shape.DIRECT, ReadAhead.STRICT, new Verdict(200, 198.4, 198.1, 0, 0, 1_000, 1));
        assertThat(table.toString().lines())
                .contains("| direct, unbounded | – | – | – | 198.1 | 198.4 | 200 | 0 / 0 | 1.0 ms | 1.0 |");
    }

    @Test
    void aWebResponseHasToReachMostOfWhatReadyResultsDo() {
        assertThat(table.webGoal()).isEqualTo(195);
        table.add(Shape.WEBFLUX, ReadAhead.OURS, new Verdict(150, 96, 96, 0, 0, 1_000, 1));
        table.addReady(100);
        assertThat(table.webGoal()).isEqualTo(95);
        assertThat(table.toString())
                .contains("96.0 calls/s")
                .contains("95.0, reached")
                .contains("| 100.0 | – |");
        table.addReady(400);
        assertThat(table.webGoal()).isEqualTo(195);
        assertThat(table.toString()).contains("195.0, missed");
    }
}
