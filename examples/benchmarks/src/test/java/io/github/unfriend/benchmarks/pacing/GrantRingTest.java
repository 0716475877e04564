/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.benchmarks.judge.Arrivals;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GrantRingTest {

    /** The rival must be a fair one: its grants by themselves never break the limit, only what happens after them. */
    @Test
    void itsGrantsKeepTheLimitAndUseIt() {
        GrantRing ring = new GrantRing(200);
        long start = System.nanoTime();
        long[] grants = LongStream.range(0, 1_000)
                .map(i -> ring.reserve(start + i * 1_000_000))
                .toArray();
        assertThat(Arrivals.of(grants).mostInAnySecond()).isEqualTo(200);
        assertThat(grants[999] - grants[0]).isBetween(4_000_000_000L, 4_200_000_000L);
    }
}
