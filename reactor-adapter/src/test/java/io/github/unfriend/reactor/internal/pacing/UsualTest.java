/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UsualTest {

    private static final long GUARD = 10 * MILLI;
    private static final long MICRO = MILLI / 1000;

    private static Usual of(LongStream excesses) {
        return new Usual(excesses.toArray(), GUARD, 0);
    }

    /** So many, spread evenly. */
    private static LongStream spread(int count, long from, long to) {
        return IntStream.range(0, count).mapToLong(i -> from + i * (to - from) / count);
    }

    /** Half of all takes next to nothing, the other half half a second. */
    private static Usual quickAndSlow() {
        return of(LongStream.concat(spread(500, 0, MILLI / 2), spread(500, 495 * MILLI, 496 * MILLI)));
    }

    @Test
    void theDoubtIsTheGuardUntilEnoughIsKnown() {
        assertThat(of(spread(30, 0, GUARD)).doubt()).isEqualTo(GUARD);
        assertThat(of(spread(100, 0, GUARD)).doubt()).isBetween(GUARD / 10, GUARD);
        assertThat(of(spread(1000, 0, GUARD)).doubt()).isLessThan(GUARD / 25);
    }

    /** It takes its measure from the round trips themselves. */
    @Test
    void theDoubtShrinksWithTheirSpread() {
        assertThat(of(spread(100, 0, GUARD / 10)).doubt()).isLessThan(GUARD / 30);
        assertThat(of(spread(1000, 0, 50 * GUARD)).doubt()).isEqualTo(GUARD);
    }

    /** The way there and the work of the service vary evenly: what the javadoc promises. */
    @Property(tries = 200, seed = "1")
    void theShortestPossibleIsHardlyEverFurtherBelow(@ForAll long seed, @ForAll @IntRange(min = 64, max = 1024) int n) {
        Random random = new Random(seed);
        long[] times = random.doubles(n)
                .mapToLong(way -> (long) ((way + random.nextDouble()) * GUARD / 2))
                .toArray();
        long shortest = LongStream.of(times).min().orElseThrow();
        assertThat(of(LongStream.of(times).map(time -> time - shortest)).doubt())
                .isGreaterThan(shortest);
    }

    @Test
    void whatManyTakeIsNotUnusual() {
        Usual usual = quickAndSlow();
        assertThat(usual.unusual(100 * MICRO)).isZero();
        assertThat(usual.unusual(495 * MILLI + 500 * MICRO)).isZero();
    }

    @Test
    void evenWithoutAGuard() {
        Usual usual = new Usual(spread(1000, 0, 500 * MILLI).toArray(), 0, 0);
        assertThat(usual.unusual(400 * MILLI)).isZero();
        assertThat(usual.doubt()).isZero();
    }

    /** However long it takes: what counts is by how much more. */
    @Test
    void whatFewTakeIsByAsMuchAsItIsMore() {
        Usual usual = quickAndSlow();
        assertThat(usual.unusual(30 * MILLI)).isBetween(29 * MILLI, 30 * MILLI);
        assertThat(usual.unusual(520 * MILLI)).isBetween(24 * MILLI, 25 * MILLI);
    }

    @Test
    void theVeryLongestAreExceptionsEvenIfThereAreSome() {
        Usual usual = of(LongStream.concat(spread(1000, 0, MILLI), LongStream.of(40 * MILLI, 41 * MILLI, 42 * MILLI)));
        assertThat(usual.unusual(42 * MILLI)).isGreaterThan(40 * MILLI);
    }

    @Test
    void ofWhatIsSpreadWidelyNothingIsUnusual() {
        Usual usual = of(spread(1000, 0, 500 * MILLI));
        assertThat(spread(400, 0, 480 * MILLI).map(usual::unusual)).containsOnly(0L);
        Usual fewer = of(spread(64, 0, 500 * MILLI));
        assertThat(spread(400, 0, 400 * MILLI).map(fewer::unusual)).allMatch(unusual -> unusual < GUARD);
    }

    @Test
    void commonIsWhatOneInEightIsLike() {
        assertThat(quickAndSlow().isCommon(495 * MILLI)).isTrue();
        assertThat(quickAndSlow().isCommon(200 * MILLI)).isFalse();
        assertThat(of(spread(1000, 0, 500 * MILLI)).isCommon(200 * MILLI)).isFalse();
    }

    /** 25 ms on average while the usual ones are short, 6 ms when they are not, more again under overload. */
    @Test
    void asMuchIsBelievedAsTheRateCanPayFor() {
        Usual exceptions = of(LongStream.concat(spread(900, 0, MILLI), spread(100, 100 * MILLI, 101 * MILLI)));
        assertThat(exceptions.level()).isGreaterThan(101 * MILLI);
        Usual habit = quickAndSlow();
        assertThat(habit.level()).isBetween(11 * MILLI, 12 * MILLI);
        Usual overload = new Usual(spread(1000, 0, 500 * MILLI).toArray(), GUARD, 4 * MILLI);
        Usual calm = new Usual(spread(1000, 0, 500 * MILLI).toArray(), GUARD, 0);
        assertThat(overload.level()).isGreaterThan(5 * calm.level());
    }
}
