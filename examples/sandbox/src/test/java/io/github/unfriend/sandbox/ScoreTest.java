/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import static io.github.unfriend.sandbox.Caller.delete;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the score tells of calls that arrive through real sockets. */
class ScoreTest {

    private static final long SECOND = 1_000_000_000L;
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start();
        sandbox.friends().befriend("a", "x").befriend("a", "y").befriend("b", "x");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void callsOverTheLimitAnswer60007AsTheirArrivalTimesSay() throws IOException {
        sandbox.limit(7);
        List<Integer> codes = new ArrayList<>();
        try (Caller caller = new Caller(sandbox)) {
            for (int burst = 0; burst < 3; burst++) {
                for (int i = 0; i < 20; i++) {
                    caller.send(Api.FRIEND_DELETE, delete("a", "x"));
                }
                for (int i = 0; i < 20; i++) {
                    codes.add(caller.read().code());
                }
            }
        }
        long[] arrivals = sandbox.score().arrivals(Api.FRIEND_DELETE);
        List<Long> accepted = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (long now : arrivals) {
            boolean room = accepted.stream().filter(time -> now - time < SECOND).count() < 7;
            right.add(room ? 0 : 60007);
            if (room) {
                accepted.add(now);
            }
        }
        assertThat(codes).isEqualTo(right);
        assertThat(sandbox.score().refusedForRate(Api.FRIEND_DELETE)).isEqualTo(60 - accepted.size());
        assertThat(sandbox.score().acceptedMostInAnySecond(Api.FRIEND_DELETE)).isLessThanOrEqualTo(7);
        assertThat(sandbox.score().mostInAnySecond(Api.FRIEND_DELETE)).isEqualTo(ArrivalLog.mostInAnySecond(arrivals));
        assertThat(sandbox.score().calls(Api.FRIEND_DELETE)).isEqualTo(60);
    }

    @Test
    void theApisHaveWindowsOfTheirOwn() throws IOException {
        sandbox.limit(Api.FRIEND_DELETE, 1);
        try (Caller caller = new Caller(sandbox)) {
            for (int i = 0; i < 5; i++) {
                assertThat(caller.call(Api.FRIEND_DELETE_ALL, Caller.deleteAll("Delete_Type_Both", "a"))
                                .code())
                        .isZero();
            }
            assertThat(caller.call(Api.FRIEND_DELETE, delete("a", "x")).code()).isZero();
        }
        assertThat(sandbox.score().calls()).isEqualTo(6);
        assertThat(sandbox.score().calls(Api.FRIEND_DELETE_ALL)).isEqualTo(5);
        assertThat(sandbox.score().refusedForRate(Api.FRIEND_DELETE)).isZero();
    }

    @Test
    void badlySignedCallsAreNotAccepted() throws IOException {
        sandbox.limit(1);
        try (Caller caller = new Caller(sandbox)) {
            var query = Caller.query();
            query.put("usersig", "nonsense");
            for (int i = 0; i < 3; i++) {
                assertThat(caller.call(Api.FRIEND_DELETE, query, delete("a", "x"))
                                .code())
                        .isEqualTo(70003);
            }
        }
        assertThat(sandbox.score().acceptedMostInAnySecond(Api.FRIEND_DELETE)).isZero();
        assertThat(sandbox.score().arrivals(Api.FRIEND_DELETE)).hasSize(3);
        assertThat(sandbox.score().rate(Api.FRIEND_DELETE, Duration.ZERO, Duration.ofSeconds(60)))
                .isEqualTo(3 / 60.0);
    }

    @Test
    void callsOfOneFromAccountInFlightTogetherAreSeen() throws IOException {
        sandbox.misbehave(FaultPlan.script(call -> call.number() == 1 ? Fault.of(FaultKind.STALL) : Fault.none())
                .withWriteConflicts());
        try (Caller stalled = new Caller(sandbox)) {
            stalled.send(Api.FRIEND_DELETE, delete("a", "x"));
            Eventually.holds(() -> sandbox.score().inFlight() == 1);
            try (Caller caller = new Caller(sandbox)) {
                assertThat(caller.call(Api.FRIEND_DELETE, delete("b", "x")).code())
                        .isZero();
                assertThat(sandbox.score().overlappingCalls()).isZero();
                assertThat(caller.call(Api.FRIEND_DELETE, delete("a", "y")).code())
                        .isEqualTo(30008);
                assertThat(sandbox.friends().areFriends("a", "y")).isTrue();
            }
        }
        Eventually.holds(() -> sandbox.score().inFlight() == 0);
        try (Caller caller = new Caller(sandbox)) {
            assertThat(caller.call(Api.FRIEND_DELETE, delete("a", "y")).code()).isZero();
        }
        assertThat(sandbox.score().overlappingCalls()).isEqualTo(1);
        assertThat(sandbox.score().maxConcurrentFor("a")).isEqualTo(2);
        assertThat(sandbox.score().maxConcurrentFor("b")).isEqualTo(1);
        assertThat(sandbox.score().maxConcurrentFor("c")).isZero();
    }

    @Test
    void aResetBeginsAnewAndConnectionsStayCounted() throws IOException {
        try (Caller caller = new Caller(sandbox)) {
            caller.call(Api.FRIEND_DELETE, "");
            assertThat(sandbox.score().violationCount()).isEqualTo(1);
            sandbox.resetScore();
            assertThat(sandbox.score().violationCount()).isZero();
            assertThat(sandbox.score().calls()).isZero();
            assertThat(sandbox.score().connectionsOpened()).isZero();
            assertThat(sandbox.score().openConnections()).isEqualTo(1);
        }
    }

    @Test
    void violationsAreBounded() {
        Tally tally = new Tally();
        for (int i = 0; i < 1000; i++) {
            tally.violation("v" + i);
            tally.note("n" + i);
        }
        assertThat(tally.violations).hasSize(200);
        assertThat(tally.notes).hasSize(200);
        assertThat(tally.violationCount.sum()).isEqualTo(1000);
    }

    @Test
    void theSummaryTellsAllOfIt() throws IOException {
        try (Caller caller = new Caller(sandbox)) {
            caller.call(Api.FRIEND_DELETE, delete("a", "x", "y", "b"));
            caller.call(Api.FRIEND_DELETE, "");
            assertThat(sandbox.score().summary())
                    .contains("friend_delete      2 calls, 0 over the limit")
                    .contains("3 in 1 calls (3 to 3 each), 2 friendships deleted")
                    .contains("2 by code {0=1, 60003=1}")
                    .contains("1 opened, 1 open")
                    .contains("violations         1")
                    .contains("the body is not")
                    .doesNotContain(Caller.signature());
            assertThat(sandbox.score().accountsPerCall().average()).isEqualTo(3.0);
        }
    }

    @Test
    void badNumbersAreRefused() {
        assertThatThrownBy(() -> sandbox.limit(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SandboxOptions.builder().port(70_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be 0 to 65535, not 70000");
        assertThatThrownBy(() -> SandboxOptions.builder().secretKey("")).isInstanceOf(IllegalArgumentException.class);
    }
}
