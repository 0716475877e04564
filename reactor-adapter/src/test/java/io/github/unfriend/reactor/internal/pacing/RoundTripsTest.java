/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundTripsTest {

    private static final long DISTANCE = 5 * MILLI;
    private static final long USUAL = 20 * MILLI;
    private static final long HELD_UP = 300 * MILLI;

    private long now = SECOND;
    private final RoundTrips roundTrips = new RoundTrips(new SlidingPacerConfig(200, 10 * MILLI, 100, () -> now), now);

    private void answer(long roundTrip) {
        roundTrips.answered(roundTrip, 0, now);
        roundTrips.judge(now);
    }

    /** Spread over 24 ms: more than the promised rate can pay for. */
    private void usualAnswers(int count) {
        for (int i = 0; i < count; i++) {
            now += DISTANCE;
            answer(USUAL + i * 7 % 24 * MILLI);
        }
    }

    private long credible() {
        return roundTrips.credible(HELD_UP, now - SECOND, now);
    }

    @Test
    void whatTakesLongOnceIsBelieved() {
        usualAnswers(600);
        assertThat(credible()).isGreaterThanOrEqualTo(HELD_UP - 24 * MILLI);
    }

    @Test
    void whatOftenTakesLongIsUsual() {
        usualAnswers(600);
        for (int i = 0; i < 60; i++) {
            usualAnswers(4);
            now += DISTANCE;
            answer(USUAL + HELD_UP);
        }
        assertThat(credible()).isLessThan(24 * MILLI);
    }

    /** Sent as one and answered as one: they are no bunch, but they tell no more than one of them. */
    @Test
    void manyAnswersAtOnceDoNotMakeItUsual() {
        usualAnswers(600);
        for (int i = 0; i < 30; i++) {
            now += MILLI / 100;
            answer(USUAL + HELD_UP);
        }
        usualAnswers(100);
        assertThat(credible()).isGreaterThanOrEqualTo(HELD_UP - 24 * MILLI);
    }
}
