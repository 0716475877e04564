/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NetworkPathTest {

    private static final long MILLI = 1_000_000L;
    private static final long START = 77_000 * MILLI;
    private static final long MINUTE = 60_000;

    @Test
    void theQueueGrowsAndDrainsAndNothingIsOvertaken() {
        long[] delays = delays(new QueueingPath());
        assertThat(LongStream.of(delays).max()).hasValue(200);
        assertThat(delays[2_499]).isZero();
        assertThat(delays[2_750]).isEqualTo(100);
        assertThat(delays[3_000]).isEqualTo(200);
        assertThat(delays[3_100]).isEqualTo(100);
        assertThat(delays[3_200]).isZero();
        assertThat(delays[7_750]).isEqualTo(100);
        assertThatNothingIsOvertaken(delays);
    }

    @Test
    void theStallingPathHoldsBothDirectionsForTheSameTime() {
        StallingPath path = new StallingPath(1);
        long[] delays = new long[(int) MINUTE];
        for (int i = 0; i < MINUTE; i++) {
            long now = START + i * MILLI;
            delays[i] = path.requestLeaves(now) - now;
            assertThat(path.answerLeaves(now) - now).isEqualTo(delays[i]);
        }
        assertThat(LongStream.of(delays).allMatch(delay -> delay >= 0 && delay <= 400 * MILLI))
                .isTrue();
        long stalls = LongStream.range(1, MINUTE)
                .filter(i -> delays[(int) i] > 0 && delays[(int) i - 1] == 0)
                .count();
        assertThat(stalls).isBetween(20L, 40L);
        assertThatNothingIsOvertaken(delays(new StallingPath(1)));
    }

    @Test
    void oneRequestOfAHundredIsLateHoweverManyPiecesItHas() {
        RetransmittingPath path = new RetransmittingPath(new SplittableRandom(1));
        int late = 0;
        for (int i = 0; i < 10_000; i++) {
            late += path.requestLeaves(START) == START ? 0 : 1;
            assertThat(path.requestLeaves(START)).isEqualTo(START);
            assertThat(path.answerLeaves(START)).isEqualTo(START);
        }
        assertThat(late / 100.0).isEqualTo(1, within(0.3));
    }

    /** By how many milliseconds requests are delayed, one each millisecond. */
    private static long[] delays(ConnectionDelays path) {
        return LongStream.range(0, MINUTE)
                .map(i -> START + i * MILLI)
                .map(now -> (path.requestLeaves(now) - now) / MILLI)
                .toArray();
    }

    private static void assertThatNothingIsOvertaken(long[] delays) {
        for (int i = 1; i < delays.length; i++) {
            assertThat(delays[i] + 1).isGreaterThanOrEqualTo(delays[i - 1]);
        }
    }
}
