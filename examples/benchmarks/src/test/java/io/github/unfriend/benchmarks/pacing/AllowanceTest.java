/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long START = 77 * SECOND;

    @Test
    void nothingWasRecorded() {
        assertThat(Allowance.of(200, List.of(), 0, SECOND)).isEqualTo(new Allowance(0, 0, 0));
    }

    @Test
    void roundTripsThatAreAllAlikeCostOnlyWhatClocksCost() {
        assertThat(allowed(i -> 20)).isEqualTo(200 / 1.0005, within(0.001));
    }

    @Test
    void aCallIsHeldForWhatItsAnswerTookLongerThanTheShortest() {
        assertThat(allowed(i -> i % 2 == 0 ? 20 : 30)).isEqualTo(200 / 1.0055, within(0.01));
    }

    @Test
    void anAnswerToACallWrittenTheGuardLaterAcknowledgesIt() {
        // The first such call that takes 20 ms is written 15 ms later: held for 15 ms, each other one for nothing.
        assertThat(allowed(i -> i % 2 == 0 ? 20 : 500)).isEqualTo(200 / 1.008, within(0.01));
    }

    @Test
    void theOrderOfTheRecordsDoesNotMatter() {
        List<CallRecord> calls = everyFiveMillis(i -> i % 2 == 0 ? 20 : 500);
        Collections.shuffle(calls, new Random(1));
        assertThat(Allowance.of(200, calls, 2 * SECOND, 12 * SECOND).callsPerSecond())
                .isEqualTo(200 / 1.008, within(0.01));
    }

    @Test
    void callsWhosePlacesCameBackBeforeThePartThatCountsDoNotMatter() {
        assertThat(allowed(i -> i < 100 ? 400 : 20)).isEqualTo(200 / 1.0005, within(0.001));
    }

    @Test
    void theShortestOfMoreThanTwentySecondsAgoIsForgotten() {
        List<CallRecord> calls = everyFiveMillis(i -> i < 200 ? 10 : 20);
        assertThat(Allowance.of(200, calls, 2 * SECOND, 9 * SECOND).callsPerSecond())
                .isEqualTo(200 / 1.0105, within(0.01));
        assertThat(Allowance.of(200, calls, 22 * SECOND, 29 * SECOND).callsPerSecond())
                .isEqualTo(200 / 1.0005, within(0.001));
    }

    @Test
    void aWriteThatWasToldLateSaysNothingOfTheShortest() {
        List<CallRecord> calls = everyFiveMillis(i -> 20);
        CallRecord late = new CallRecord(START + 2, START + 2 + 15 * MILLI, START + 2 + 20 * MILLI);
        calls.add(late);
        assertThat(Allowance.of(200, calls, 2 * SECOND, 12 * SECOND).callsPerSecond())
                .isEqualTo(200 / 1.0005, within(0.001));
    }

    @Test
    void theTimeOfASilenceAndWhatIsHeldInItDoNotCount() {
        List<CallRecord> calls = List.of(call(0, 20), call(1_000, 5_020));
        // Silent from 1,500 to 6,020 ms. The places are kept for 1,000.5 ms and, silence aside, for 1,480.5 ms.
        assertThat(Allowance.of(200, calls, 0, 10 * SECOND).callsPerSecond())
                .isEqualTo(200 / ((1.0005 + 1.4805) / 2) * 0.548, within(0.001));
    }

    @Test
    void aCallWithoutAnyAnswerIsCountedAndKeepsItsPlace() {
        List<CallRecord> calls =
                List.of(call(0, 20), call(100, CallRecord.NEVER), call(110, 20), call(9_900, CallRecord.NEVER));
        Allowance allowance = Allowance.of(200, calls, 0, 10 * SECOND);
        assertThat(allowance.unanswered()).isEqualTo(1);
        assertThat(allowance.callsPerSecond()).isEqualTo(200 / (1.0005 + 0.010 / 3), within(0.01));
        assertThat(allowance.part()).isEqualTo((3 * 1.0005 + 0.010 + 0.1) / 2_000, within(1e-6));
    }

    @Test
    void whereThePartIsCutDoesNotMatterToWhatIsUsed() {
        // All places at once, every 1.0005 s: counted in four seconds these are 600 or 800 calls.
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 30 * 200; i++) {
            long round = i / 200;
            long written = START + round * (SECOND + MILLI / 2);
            calls.add(new CallRecord(written, written, written + 20 * MILLI));
        }
        for (int cut = 0; cut < 10; cut++) {
            long from = 2 * SECOND + cut * 100L * MILLI;
            assertThat(Allowance.of(200, calls, from, from + 4 * SECOND).part()).isEqualTo(1, within(1e-6));
        }
    }

    @Test
    void placesThatAreNotUsedAreSeen() {
        List<CallRecord> calls = everyFiveMillis(i -> 20);
        calls.removeIf(call -> call.written() % (10 * MILLI) == 0);
        Allowance allowance = Allowance.of(200, calls, 2 * SECOND, 12 * SECOND);
        assertThat(allowance.callsPerSecond()).isEqualTo(200 / 1.0005, within(0.001));
        assertThat(allowance.part()).isEqualTo(0.50025, within(1e-6));
    }

    private static double allowed(IntToLongFunction millis) {
        return Allowance.of(200, everyFiveMillis(millis), 2 * SECOND, 12 * SECOND)
                .callsPerSecond();
    }

    /** Thirty seconds of calls. */
    private static List<CallRecord> everyFiveMillis(IntToLongFunction millis) {
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            calls.add(call(i * 5L, millis.applyAsLong(i)));
        }
        return calls;
    }

    private static CallRecord call(long writtenMillis, long millis) {
        long written = START + writtenMillis * MILLI;
        return new CallRecord(
                written - 1, written, millis == CallRecord.NEVER ? CallRecord.NEVER : written + millis * MILLI);
    }
}
