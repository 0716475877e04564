/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.internal.pacing.BrokenPacer.Mistake;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shows that the properties can fail: pacers with one mistake each do not get through the scenarios. */
@Tag("promise-2")
class BrokenPacersTest {

    private static final Behaviour TROUBLED =
            new Behaviour(0.1, 0.1, 0, 2 * SECOND, 300 * MILLI, MILLI, MILLI, 10 * MILLI, 20 * MILLI, 30 * MILLI);

    @ParameterizedTest
    @CsvSource({
        "COUNTS_FROM_THE_GRANT,   over:",
        "KEEPS_CANCELLED_CALLERS, starved:",
        "LOSES_WHAT_IS_GIVEN_BACK, leak:",
        "SERVES_THE_LAST_FIRST,   after caller",
        "GRANTS_IN_BURSTS,        burst:"
    })
    void aMistakeIsNoticed(Mistake mistake, String complaint) {
        assertThat(complaints((world, limit) -> new BrokenPacer(world, limit, mistake)))
                .anyMatch(found -> found.contains(complaint));
    }

    @Test
    void aGuardSmallerThanTheJitterIsNoticed() {
        assertThat(complaints(BrokenPacersTest::withoutGuard)).anyMatch(found -> found.startsWith("over:"));
    }

    @Test
    void oursIsWithoutComplaintInTheSameScenarios() {
        assertThat(complaints(Scenario::ours)).isEmpty();
    }

    private static Pacer withoutGuard(World world, int limit) {
        return Pacer.builder()
                .callsPerSecond(limit)
                .guard(Duration.ZERO)
                .nanoClock(world::clock)
                .scheduler(world)
                .build();
    }

    private static List<String> complaints(Scenario.Maker maker) {
        return LongStream.range(0, 30)
                .mapToObj(seed -> new Scenario(seed, 20, TROUBLED, 12, 2, 0))
                .flatMap(scenario -> scenario.complaints(maker).stream())
                .toList();
    }
}
