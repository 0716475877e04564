/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows and their limit against counting by brute force, on many random sequences of arrival times. */
class RateLimitTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void decidesAsBruteForceDoes(boolean refusedCount) {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int limit = random.nextInt(1, 12);
            RateLimit rateLimit = new RateLimit(limit, refusedCount);
            List<Long> counted = new ArrayList<>();
            for (long now : times(random)) {
                long inside =
                        counted.stream().filter(time -> now - time < SECOND).count();
                boolean accepted = inside < limit;
                assertThat(rateLimit.accept(now)).as("seed %d at %d", seed, now).isEqualTo(accepted);
                if (accepted || refusedCount) {
                    counted.add(now);
                }
            }
        }
    }

    @Test
    void theSecondIsHalfOpen() {
        RateLimit limit = new RateLimit(1, false);
        assertThat(limit.accept(5)).isTrue();
        assertThat(limit.accept(5 + SECOND - 1)).isFalse();
        assertThat(limit.accept(5 + SECOND)).isTrue();
    }

    @Test
    void aNewLimitCountsWhatWasLetThrough() {
        RateLimit limit = new RateLimit(0, false);
        assertThat(limit.accept(0)).isTrue();
        limit.limit(3);
        for (int i = 0; i < 3; i++) {
            assertThat(limit.accept(i)).isTrue();
        }
        assertThat(limit.accept(3)).isFalse();
        limit.limit(1);
        assertThat(limit.accept(4)).isFalse();
        assertThat(limit.accept(SECOND + 1)).isFalse();
        assertThat(limit.accept(SECOND + 2)).isTrue();
        limit.limit(2);
        assertThat(limit.accept(SECOND + 3)).isTrue();
        assertThat(limit.accept(SECOND + 4)).isFalse();
    }

    @Test
    void countsTheMostInAnySecondAsBruteForceDoes() {
        for (int seed = 0; seed < 300; seed++) {
            long[] times = times(new SplittableRandom(seed));
            ArrivalLog log = new ArrivalLog();
            for (int i = times.length - 1; i >= 0; i--) {
                log.add(times[i]);
            }
            int most = 0;
            for (long from : times) {
                most = Math.max(most, (int) Arrays.stream(times)
                        .filter(time -> time >= from && time - from < SECOND)
                        .count());
            }
            assertThat(ArrivalLog.mostInAnySecond(log.sorted()))
                    .as("seed %d", seed)
                    .isEqualTo(most);
            assertThat(log.size()).isEqualTo(times.length);
        }
    }

    @Test
    void keepsManyTimes() {
        ArrivalLog log = new ArrivalLog();
        for (int i = 0; i < 100_000; i++) {
            log.add(7 + i * 5_000_000L);
        }
        assertThat(log.sorted()).hasSize(100_000).startsWith(7, 5_000_007L).endsWith(7 + 99_999 * 5_000_000L);
        assertThat(ArrivalLog.mostInAnySecond(log.sorted())).isEqualTo(200);
        assertThat(ArrivalLog.rate(log.sorted(), 3 * SECOND, 13 * SECOND)).isEqualTo(200.0);
    }

    @Test
    void aRateOfNothingIsZero() {
        assertThat(ArrivalLog.rate(new long[0], 0, SECOND)).isZero();
        assertThat(ArrivalLog.rate(new long[] {1}, SECOND, SECOND)).isZero();
        assertThat(ArrivalLog.mostInAnySecond(new long[0])).isZero();
    }

    /** Bursts, pauses and exact seconds between, ascending. */
    private static long[] times(SplittableRandom random) {
        long[] times = new long[random.nextInt(1, 80)];
        long now = random.nextLong(-3 * SECOND, 3 * SECOND);
        for (int i = 0; i < times.length; i++) {
            now += switch (random.nextInt(6)) {
                case 0 -> SECOND;
                case 1 -> SECOND - 1;
                case 2 -> 1;
                case 3 -> 0;
                default -> random.nextLong(SECOND / 3);
            };
            times[i] = now == 0 ? 1 : now;
            now = times[i];
        }
        return times;
    }
}
