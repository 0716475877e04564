/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.webflux.deletions.Progress.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History history = new History(10);

    private static Sample sample(long t) {
        return new Sample(t, 0, 200, t, 0, 0, 0, 0);
    }

    @Test
    void thinsOutWhatIsOldAndStaysBounded() {
        for (int t = 0; t < 1000; t++) {
            history.add(sample(t));
            assertThat(history.after(-1)).hasSizeLessThanOrEqualTo(10);
        }
        List<Long> times = history.after(-1).stream().map(Sample::t).toList();
        assertThat(times).isSorted().first().isEqualTo(0L);
        assertThat(times.get(times.size() - 1)).isGreaterThan(800);
        long step = times.get(1) - times.get(0);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).as("evenly").isBetween(step / 2, step * 2);
        }
    }

    @Test
    void givesWhatComesBehindATime() {
        for (int t = 0; t < 5; t++) {
            history.add(sample(t));
        }
        assertThat(history.after(2)).extracting(Sample::t).containsExactly(3L, 4L);
        assertThat(history.after(4)).isEmpty();
    }

    @Test
    void findsTheSampleToMeasureARateFrom() {
        assertThat(history.at(5, sample(9)).t()).isEqualTo(9);
        history.add(sample(3));
        history.add(sample(6));
        assertThat(history.at(5, sample(9)).t()).isEqualTo(3);
        assertThat(history.at(7, sample(9)).t()).isEqualTo(6);
        assertThat(history.at(1, sample(9)).t()).isEqualTo(3);
    }
}
