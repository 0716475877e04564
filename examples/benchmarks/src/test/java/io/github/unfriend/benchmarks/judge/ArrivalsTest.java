/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    @Test
    void nothingArrived() {
        assertThat(Arrivals.of().mostInAnySecond()).isZero();
        assertThat(Arrivals.of().rate(0, SECOND)).isZero();
        assertThat(Arrivals.parse("").count()).isZero();
    }

    @Test
    void aSecondIsHalfOpen() {
        assertThat(Arrivals.of(0, SECOND).mostInAnySecond()).isEqualTo(1);
        assertThat(Arrivals.of(0, SECOND - 1).mostInAnySecond()).isEqualTo(2);
    }

    @Test
    void theWorstSecondIsFoundAcrossWholeSeconds() {
        // 150 in the last half of one second, 150 in the first half of the next: no clock second holds more than 150.
        long[] times = LongStream.concat(
                        LongStream.range(0, 150).map(i -> SECOND / 2 + i * 3 * MILLI),
                        LongStream.range(0, 150).map(i -> SECOND + i * 3 * MILLI))
                .toArray();
        assertThat(Arrivals.of(times).mostInAnySecond()).isEqualTo(300);
    }

    @Test
    void theOrderOfArrivalsDoesNotMatter() {
        assertThat(Arrivals.of(2 * SECOND, 0, SECOND / 2).mostInAnySecond()).isEqualTo(2);
    }

    @Test
    void mostAgreesWithCountingAtEveryArrival() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            long[] times = random.longs(100, 0, 4 * SECOND).sorted().toArray();
            long most = LongStream.of(times)
                    .map(from -> LongStream.of(times)
                            .filter(time -> time >= from && time < from + SECOND)
                            .count())
                    .max()
                    .orElse(0);
            assertThat(Arrivals.of(times).mostInAnySecond()).isEqualTo((int) most);
        }
    }

    @Test
    void theRateIsCountedFromTheFirstArrivalBetweenFixedTimes() {
        long[] times =
                LongStream.range(0, 2_400).map(i -> 77 * SECOND + i * 5 * MILLI).toArray();
        assertThat(Arrivals.of(times).rate(2 * SECOND, 12 * SECOND)).isEqualTo(200, within(1e-9));
    }

    @Test
    void theMeanDoesNotDependOnWhereThePatternIsCut() {
        // 200 calls at once, every 1.01 s: counted in ten seconds they are 180 or 200 a second.
        for (int cut = 0; cut < 20; cut++) {
            long shift = cut * 50L * MILLI;
            long[] times = LongStream.range(0, 20 * 200)
                    .map(i -> i / 200 * 1_010 * MILLI)
                    .toArray();
            assertThat(Arrivals.of(times).meanInASecond(2 * SECOND + shift, 14 * SECOND + shift))
                    .isEqualTo(200 / 1.01, within(0.2));
        }
    }

    @Test
    void theMeanAgreesWithCountingInManySeconds() {
        long[] times = new Random(1).longs(500, 0, 5 * SECOND).sorted().toArray();
        Arrivals arrivals = Arrivals.of(times);
        double counted = LongStream.range(0, 2_000)
                .map(i -> SECOND + i * MILLI)
                .mapToDouble(from -> arrivals.rate(from, from + SECOND))
                .average()
                .orElse(0);
        assertThat(arrivals.meanInASecond(SECOND, 4 * SECOND)).isEqualTo(counted, within(0.2));
    }

    @Test
    void aClientThatFallsSilentIsSlow() {
        long[] times = LongStream.range(0, 1_400).map(i -> i * 5 * MILLI).toArray();
        assertThat(Arrivals.of(times).rate(2 * SECOND, 12 * SECOND)).isEqualTo(100, within(1e-9));
        assertThat(Arrivals.of(times).meanInASecond(2 * SECOND, 12 * SECOND)).isLessThan(110);
    }

    @Test
    void whatCameAfterTheEndIsNotCounted() {
        assertThat(Arrivals.of(5, SECOND + 4, SECOND + 5).until(SECOND).count()).isEqualTo(2);
    }

    @Test
    void itsTextCanBeRead() {
        assertThat(Arrivals.parse(Arrivals.of(3, 1, 2).toString()).toString()).isEqualTo("1 2 3");
    }
}
