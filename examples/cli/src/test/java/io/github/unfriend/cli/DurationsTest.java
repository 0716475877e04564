/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {

    @Test
    void readsDurations() {
        Durations durations = new Durations();
        assertThat(durations.convert("250ms")).isEqualTo(Duration.ofMillis(250));
        assertThat(durations.convert("5")).isEqualTo(Duration.ofSeconds(5));
        assertThat(durations.convert("-5s")).isEqualTo(Duration.ofSeconds(-5));
        assertThat(durations.convert("10m")).isEqualTo(Duration.ofMinutes(10));
        assertThat(durations.convert("2h")).isEqualTo(Duration.ofHours(2));
        assertThat(durations.convert("7d")).isEqualTo(Duration.ofDays(7));
        for (String bad : new String[] {"", "s", "5 s", "1.5s", "9999999999s", "5w"}) {
            assertThatThrownBy(() -> durations.convert(bad)).isInstanceOf(TypeConversionException.class);
        }
    }

    @Test
    void readsRanges() {
        Durations.Ranges ranges = new Durations.Ranges();
        Durations.Range wanted = new Durations.Range(Duration.ofMillis(20), Duration.ofMillis(30));
        assertThat(ranges.convert("20-30ms")).isEqualTo(wanted);
        assertThat(ranges.convert("20ms-30ms")).isEqualTo(wanted);
        assertThat(ranges.convert("1s")).isEqualTo(new Durations.Range(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        assertThatThrownBy(() -> ranges.convert("20-")).isInstanceOf(TypeConversionException.class);
    }
}
