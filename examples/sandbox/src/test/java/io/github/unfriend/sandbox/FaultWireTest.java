/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import static io.github.unfriend.sandbox.Caller.delete;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each fault looks like on the wire, and whether the deletion has happened. */
class FaultWireTest {

    private static final String GOOD =
            "{\"ResultItem\":[{\"To_Account\":\"id1\",\"ResultCode\":0,\"ResultInfo\":\"\"}],"
                    + "\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"ErrorInfo\":\"0\",\"ErrorDisplay\":\"\"}";

    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start();
        sandbox.friends().befriend("id", "id1").befriend("id", "id2").befriend("id", "id3");
        caller = new Caller(sandbox);
    }

    @AfterEach
    void stop() throws IOException {
        caller.close();
        sandbox.close();
    }

    private void play(Fault fault) {
        sandbox.misbehave(FaultPlan.script(call -> call.number() == 1 ? fault : Fault.none()));
    }

    private Caller.Reply call() throws IOException {
        return caller.call(Api.FRIEND_DELETE, delete("id", "id1"));
    }

    private void assertDeleted(boolean deleted, FaultKind kind) {
        assertThat(sandbox.friends().areFriends("id", "id1")).isEqualTo(!deleted);
        assertThat(sandbox.score().faults()).isEqualTo(Map.of(kind, 1L));
        assertThat(sandbox.score().violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RESET_BEFORE,false", "RESET_AFTER,true"})
    void reset(FaultKind kind, boolean deleted) {
        play(Fault.of(kind));
        assertThatThrownBy(this::call).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        assertDeleted(deleted, kind);
        assertThat(sandbox.score().answered()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"BAD_GATEWAY,502,false", "BAD_GATEWAY_AFTER,502,true", "HTML,200,false"})
    void pages(FaultKind kind, int status, boolean deleted) throws IOException {
        play(Fault.of(kind));
        Caller.Reply reply = call();
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.headers()).containsEntry("content-type", "text/html");
        assertThat(reply.body()).startsWith("<html>").endsWith("</html>\r\n");
        assertDeleted(deleted, kind);
        assertThat(call().status()).isEqualTo(200);
    }

    @Test
    void anyHttpStatus() throws IOException {
        play(Fault.http(429));
        assertThat(call().status()).isEqualTo(429);
        assertDeleted(false, FaultKind.BAD_GATEWAY);
    }

    @Test
    void anyBody() throws IOException {
        play(Fault.body("{\"ErrorCode\":0}"));
        assertThat(call().body()).isEqualTo("{\"ErrorCode\":0}");
        assertDeleted(false, FaultKind.BODY);
    }

    @Test
    void cutIsShortOfItsContentLength() throws IOException {
        play(Fault.of(FaultKind.CUT));
        Caller.Reply reply = call();
        assertThat(reply.headers()).containsEntry("content-length", Integer.toString(GOOD.length()));
        assertThat(reply.whole()).isFalse();
        assertThat(reply.body()).isEqualTo(GOOD.substring(0, GOOD.length() / 2));
        assertDeleted(true, FaultKind.CUT);
    }

    @Test
    void truncatedFitsItsContentLengthAndKeepsTheConnection() throws IOException {
        play(Fault.of(FaultKind.TRUNCATED));
        Caller.Reply reply = call();
        assertThat(reply.whole()).isTrue();
        assertThat(reply.body()).isEqualTo(GOOD.substring(0, GOOD.length() / 2));
        assertDeleted(true, FaultKind.TRUNCATED);
        assertThat(call().code()).isZero();
        assertThat(sandbox.score().connectionsOpened()).isEqualTo(1);
    }

    @Test
    void interimAnswersComeBeforeTheAnswer() throws IOException {
        play(Fault.of(FaultKind.INTERIM));
        assertThat(call().status()).isEqualTo(103);
        assertDeleted(true, FaultKind.INTERIM);
    }

    @Test
    void anExtraAnswerStandsBehindTheRightOne() throws IOException {
        play(Fault.of(FaultKind.EXTRA));
        Caller.Reply reply = call();
        assertThat(reply.body()).isEqualTo(GOOD);
        assertDeleted(true, FaultKind.EXTRA);
    }

    @Test
    void theHeadIsLong() throws IOException {
        play(Fault.of(FaultKind.LONG_HEAD));
        Caller.Reply reply = call();
        assertThat(reply.headers().get("x-padding")).hasSize(20_000);
        assertThat(reply.body()).isEqualTo(GOOD);
        assertDeleted(true, FaultKind.LONG_HEAD);
    }

    @Test
    void theTextIsDamagedAndTheCodeIsNot() throws IOException {
        play(Fault.of(FaultKind.DAMAGED));
        assertThat(call().body()).contains("\"ErrorCode\":0").contains("\uFFFD").contains("\t");
        assertDeleted(true, FaultKind.DAMAGED);
    }

    @Test
    void theUrlIsEchoed() throws IOException {
        play(Fault.of(FaultKind.ECHO));
        Caller.Reply reply = call();
        assertThat(reply.body().split("usersig=", -1)).hasSizeGreaterThan(2);
        assertThat(reply.code()).isZero();
        assertDeleted(true, FaultKind.ECHO);
    }

    @Test
    void anIdleConnectionGetsAnAnswerThatNobodyAskedFor() throws IOException {
        play(Fault.of(FaultKind.EARLY));
        assertThat(call().body()).isEqualTo(GOOD);
        assertDeleted(true, FaultKind.EARLY);
        assertThat(caller.read().status()).isEqualTo(502);
    }

    @Test
    void anIdleConnectionGets408AndItsEnd() throws IOException {
        play(Fault.of(FaultKind.REQUEST_TIMEOUT));
        assertThat(call().body()).isEqualTo(GOOD);
        assertDeleted(true, FaultKind.REQUEST_TIMEOUT);
        assertThat(caller.read().status()).isEqualTo(408);
        assertThat(caller.isEnded()).isTrue();
    }

    @Test
    void aConnectionGoesSilent() throws IOException {
        play(Fault.of(FaultKind.SILENT));
        caller.timeout(200);
        assertThatThrownBy(this::call).isInstanceOf(SocketTimeoutException.class);
        assertDeleted(true, FaultKind.SILENT);
        assertThatThrownBy(this::call).isInstanceOf(SocketTimeoutException.class);
        caller.close();
        caller = new Caller(sandbox);
        assertThat(call().status()).isEqualTo(200);
    }

    @Test
    void aStatusWithRetryAfter() throws IOException {
        play(Fault.http(503, Duration.ofSeconds(7)));
        assertThat(call().headers()).containsEntry("retry-after", "7");
        assertDeleted(false, FaultKind.BAD_GATEWAY);
    }

    @Test
    void garbageIsNoJson() throws IOException {
        play(Fault.of(FaultKind.GARBAGE));
        Caller.Reply reply = call();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).doesNotContain("ErrorCode");
        assertDeleted(true, FaultKind.GARBAGE);
    }

    @ParameterizedTest
    @CsvSource({"STALL,false", "STALL_AFTER,true"})
    void stallNeverAnswersAndLeavesWhenTheCallerHangsUp(FaultKind kind, boolean deleted) throws IOException {
        play(Fault.of(kind));
        caller.timeout(300);
        assertThatThrownBy(this::call).isInstanceOf(SocketTimeoutException.class);
        assertDeleted(deleted, kind);
        assertThat(sandbox.score().inFlight()).isEqualTo(1);
        caller.close();
        Eventually.holds(
                () -> sandbox.score().inFlight() == 0 && sandbox.score().openConnections() == 0);
    }

    @Test
    void dripIsWholeAndSlow() throws IOException {
        play(Fault.drip(5, Duration.ofMillis(30)));
        long before = System.nanoTime();
        assertThat(call().body()).isEqualTo(GOOD);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(150_000_000);
        assertDeleted(true, FaultKind.DRIP);
        assertThat(sandbox.score().answered()).isEqualTo(1);
        assertThat(call().code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"70001", "30006", "30008", "31707", "60007", "60008", "70050", "12345"})
    void codesForTheWholeCall(int code) throws IOException {
        play(Fault.code(code));
        assertThat(call().body())
                .isEqualTo("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":" + code + ",\"ErrorInfo\":\"" + Codes.text(code)
                        + "\",\"ErrorDisplay\":\"\"}");
        assertDeleted(false, FaultKind.CODE);
        assertThat(call().code()).isZero();
    }

    @Test
    void codesAndOmissionsForItems() throws IOException {
        play(Fault.none().withItem("id1", 30006).withOmitted("id2"));
        Caller.Reply reply = caller.call(Api.FRIEND_DELETE, delete("id", "id1", "id2", "id3"));
        assertThat(reply.code()).isZero();
        assertThat(reply.body())
                .contains("{\"To_Account\":\"id1\",\"ResultCode\":30006,")
                .doesNotContain("id2")
                .contains("{\"To_Account\":\"id3\",\"ResultCode\":0,");
        assertThat(sandbox.friends().friendsOf("id")).containsExactly("id1");
    }

    @Test
    void aRefusedCallKeepsItsCodeUnderAFaultWithACode() throws IOException {
        play(Fault.code(30006));
        assertThat(caller.call(Api.FRIEND_DELETE, "").code()).isEqualTo(60003);
        assertThat(sandbox.score().faults()).isEmpty();
    }

    @Test
    void delaysAddUp() throws IOException {
        try (Sandbox slow = Sandbox.start(SandboxOptions.builder()
                        .latency(Duration.ofMillis(60), Duration.ofMillis(80))
                        .faultPlan(FaultPlan.parse("latency=50ms", 1))
                        .build());
                Caller other = new Caller(slow)) {
            long before = System.nanoTime();
            assertThat(other.call(Api.FRIEND_DELETE_ALL, "{}").code()).isEqualTo(30001);
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(110_000_000);
        }
    }

    @Test
    void closeAfterSomeAnswersComesWithoutNotice() throws IOException {
        sandbox.misbehave(FaultPlan.parse("close-after=2", 1));
        call();
        Caller.Reply last = call();
        assertThat(last.whole()).isTrue();
        assertThat(last.headers()).doesNotContainKey("connection");
        assertThat(caller.isEnded()).isTrue();
    }

    @Test
    void closeAfterOneAnswerByScript() throws IOException {
        play(Fault.none().withClose());
        assertThat(call().body()).isEqualTo(GOOD);
        assertThat(caller.isEnded()).isTrue();
    }

    @Test
    void aFailingScriptShowsInTheScore() throws IOException {
        sandbox.misbehave(FaultPlan.script(call -> {
            throw new IllegalStateException("no idea");
        }));
        assertThat(call().status()).isEqualTo(500);
        assertThat(sandbox.score().violations()).hasSize(1).first().asString().contains("no idea");
    }

    @Test
    void aNewPlanCountsFromOne() throws IOException {
        call();
        play(Fault.code(30007));
        assertThat(call().code()).isEqualTo(30007);
        play(Fault.code(30006));
        assertThat(call().code()).isEqualTo(30006);
    }
}
