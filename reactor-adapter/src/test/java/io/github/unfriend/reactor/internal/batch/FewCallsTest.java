/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls a stream needs, and how much it holds, when its source is faster than its calls. */
@Tag("promise-3")
class FewCallsTest {

    private static final int MOST_HELD = 128_000;

    private final BatchingOptions options = new BatchingOptions(1_000, MOST_HELD, 2_000, Long.MAX_VALUE / 100, false);
    private final BatchQueue<Integer> queue = new BatchQueue<>(options);
    private long most;
    private long calls;

    /** Takes in as much as the queue wants, then makes one call, and so on to the end. */
    private void run(int[] owners) {
        int next = 0;
        while (next < owners.length || queue.held() > 0) {
            while (next < owners.length && !queue.hasEnough() && queue.held() < MOST_HELD) {
                queue.add(new Pending<>(next, "o" + owners[next], "f" + next, null), 0);
                next++;
            }
            most = Math.max(most, queue.held());
            boolean noMore = next == owners.length || queue.held() >= MOST_HELD;
            Batch<Integer> batch = Objects.requireNonNull(queue.next(noMore, 0));
            queue.take(batch);
            batch.accounts().forEach(queue::forget);
            calls++;
        }
    }

    private static int[] shuffled(int owners, int each) {
        int[] all = IntStream.range(0, owners * each).map(i -> i % owners).toArray();
        Random random = new Random(7);
        for (int i = all.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = all[i];
            all[i] = all[j];
            all[j] = swap;
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"150, 2000, 450", "2000, 500, 9500", "100000, 20, 1000000"})
    void randomOrderIsGatheredAsFarAsMemoryAllows(int owners, int each, long mostCalls) {
        run(shuffled(owners, each));
        assertThat(calls).isLessThanOrEqualTo(mostCalls);
    }

    /** Each owner comes back after all the others, such as in a list that is ordered by friend. */
    @ParameterizedTest
    @CsvSource({"3900, 10, 4500", "5000, 10, 14000", "20000, 10, 70000"})
    void ownersInTurn(int owners, int each, long mostCalls) {
        run(IntStream.range(0, owners * each).map(i -> i % owners).toArray());
        assertThat(calls).isLessThanOrEqualTo(mostCalls);
    }

    @Test
    void distinctOwnersAreHardlyHeld() {
        run(IntStream.range(0, 200_000).toArray());
        assertThat(calls).isEqualTo(200_000);
        assertThat(most).isLessThanOrEqualTo(5_000);
    }

    @Test
    void sortedOwnersAreHardlyHeld() {
        run(IntStream.range(0, 700_000).map(i -> i / 700).toArray());
        assertThat(calls).isEqualTo(1_000);
        assertThat(most).isLessThanOrEqualTo(8_000);
    }

    /** The order changes on the way: what was of use is given up, and comes back. */
    @Test
    void whatIsHeldFollowsTheOrder() {
        int[] distinct = IntStream.range(10_000, 210_000).toArray();
        run(IntStream.concat(IntStream.of(shuffled(2_000, 100)), IntStream.of(distinct))
                .toArray());
        assertThat(most).isGreaterThan(20_000);
        most = 0;
        run(IntStream.range(300_000, 500_000).toArray());
        assertThat(most).isLessThanOrEqualTo(5_000);
    }
}
