/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineRateTest {

    private static final long SECOND = 1_000_000_000L;

    private final LineRate lines = new LineRate();

    @Test
    void countsLinesThatEndBetweenTwoTimesFromTheFirstPieceOn() {
        assertThat(lines.isEmpty()).isTrue();
        add(7 * SECOND, "{}\n{}\n");
        add(8 * SECOND, "{}\n{");
        add(9 * SECOND, "}\n{}\n");
        add(10 * SECOND, "{}\n");
        assertThat(lines.isEmpty()).isFalse();
        assertThat(lines.rate(0, SECOND)).isEqualTo(2);
        assertThat(lines.rate(SECOND, 3 * SECOND)).isEqualTo(1.5);
        assertThat(lines.rate(SECOND, SECOND)).isZero();
    }

    @Test
    void onlyTheBytesReadCount() {
        byte[] buffer = "{}\n\n\n".getBytes(StandardCharsets.US_ASCII);
        lines.add(0, buffer, 3);
        assertThat(lines.rate(0, SECOND)).isEqualTo(1);
    }

    private void add(long nanos, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        lines.add(nanos, bytes, bytes.length);
    }
}
