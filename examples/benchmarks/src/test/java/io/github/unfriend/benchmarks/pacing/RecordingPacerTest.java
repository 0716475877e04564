/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingPacerTest {

    private final CallLog log = new CallLog();
    private final Pacer pacer = new RecordingPacer(Pacer.builder().build(), log);

    @AfterEach
    void dispose() {
        pacer.dispose();
    }

    @Test
    void whatWasWrittenAndAnsweredIsLogged() {
        Permit permit = acquire();
        permit.written("host");
        permit.answered(true);
        assertThat(pacer.state(Api.FRIEND_DELETE).calls()).isEqualTo(1);
        List<CallRecord> calls = log.calls(Api.FRIEND_DELETE);
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).granted()).isLessThanOrEqualTo(calls.get(0).written());
        assertThat(calls.get(0).written()).isLessThanOrEqualTo(calls.get(0).answered());
        assertThat(log.calls(Api.FRIEND_DELETE_ALL)).isEmpty();
    }

    @Test
    void anAnswerOfSomebodyElseThanTheServiceIsNone() {
        Permit permit = acquire();
        permit.written("host");
        permit.answered(false);
        permit.abandoned();
        assertThat(log.calls(Api.FRIEND_DELETE)).singleElement().matches(call -> !call.isAnswered());
    }

    @Test
    void aPermitThatIsGivenBackIsNoCall() {
        acquire().giveBack();
        assertThat(log.calls(Api.FRIEND_DELETE)).isEmpty();
        assertThat(pacer.state(Api.FRIEND_DELETE).inFlight()).isZero();
    }

    private Permit acquire() {
        return Objects.requireNonNull(pacer.acquire(Api.FRIEND_DELETE).block(Duration.ofSeconds(5)));
    }
}
