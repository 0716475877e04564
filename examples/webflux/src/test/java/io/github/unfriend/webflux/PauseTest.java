/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

/** {@code POST /deletions/{id}/pause} and {@code …/resume}: what is still called, and that nothing is lost. */
@Tag("promise-1")
@Tag("promise-3")
class PauseTest {

    private static final App APP = App.shared();

    /** {@code example.limits.concurrent-calls}, and one for each result that is asked for at once. */
    private static final int MOST_CALLS_AFTER_A_PAUSE = 32 + 64;

    private static long calls() {
        return APP.sandbox().score().calls();
    }

    private static int answered(String id) {
        return (int) Objects.requireNonNull(APP.progress(id).get("answered"));
    }

    /** Calls of one account each, and calls of 1,000. */
    @ParameterizedTest
    @CsvSource({"1000, 1", "150, 1000"})
    void pausesAndResumes(int calls, int accounts) {
        int all = calls * accounts;
        // A batch of an owner that does not exist is halved, 62 calls instead of one: there is something left to pause.
        IntStream.range(0, calls - 10).forEach(owner -> APP.sandbox().friends().addAccount("paused-" + owner));
        String id = APP.start(
                "",
                IntStream.range(0, all)
                        .mapToObj(i -> "paused-" + i / accounts + ",x" + i % accounts + "\n")
                        .collect(Collectors.joining()));
        App.eventually(() -> answered(id) > 0);

        assertThat(APP.act(HttpMethod.POST, "/deletions/" + id + "/pause")).containsEntry("state", "PAUSED");
        long atThePause = calls();
        App.standsStill(PauseTest::calls);
        long before = calls();
        assertThat(before - atThePause).isLessThanOrEqualTo(MOST_CALLS_AFTER_A_PAUSE);
        assertThat(APP.state(id)).isEqualTo("PAUSED");
        assertThat(answered(id)).isLessThan(all);

        assertThat(APP.act(HttpMethod.POST, "/deletions/" + id + "/resume")).containsEntry("state", "RUNNING");
        App.eventually(() -> APP.state(id).equals("DONE"));
        assertThat(calls()).isGreaterThan(before);
        assertThat(answered(id)).as("those of calls after the pause, too").isEqualTo(all);
    }
}
