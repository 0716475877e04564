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

    private void assertDeleted(boolean deleted, Fault.Kind kind) {
        assertThat(sandbox.friends().areFriends("id", "id1")).isEqualTo(!deleted);
        assertThat(sandbox.score().faults()).isEqualTo(Map.of(kind, 1L));
        assertThat(sandbox.score().violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RESET_BEFORE,false", "RESET_AFTER,true"})
    void reset(Fault.Kind kind, boolean deleted) {
        play(Fault.of(kind));
        assertThatThrownBy(this::call).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        assertDeleted(deleted, kind);
        assertThat(sandbox.score().answered()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"BAD_GATEWAY,502,false", "BAD_GATEWAY_AFTER,502,true", "HTML,200,false"})
    void pages(Fault.Kind kind, int status, boolean deleted) throws IOException {
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
        assertDeleted(false, Fault.Kind.BAD_GATEWAY);
    }

    @Test
    void anyBody() throws IOException {
        play(Fault.body("{\"ErrorCode\":0}"));
        assertThat(call().body()).isEqualTo("{\"ErrorCode\":0}");
        assertDeleted(false, Fault.Kind.BODY);
    }

    @Test
    void cutIsShortOfItsContentLength() throws IOException {
        play(Fault.of(Fault.Kind.CUT));
        Caller.Reply reply = call();
        assertThat(reply.headers()).containsEntry("content-length", Integer.toString(GOOD.length()));
        assertThat(reply.whole()).isFalse();
        assertThat(reply.body()).isEqualTo(GOOD.substring(0, GOOD.length() / 2));
        assertDeleted(true, Fault.Kind.CUT);
    }

    @Test
    void truncatedFitsItsContentLengthAndKeepsTheConnection() throws IOException {
        play(Fault.of(Fault.Kind.TRUNCATED));
        Caller.Reply reply = call();
        assertThat(reply.whole()).isTrue();
        assertThat(reply.body()).isEqualTo(GOOD.substring(0, GOOD.length() / 2));
        assertDeleted(true, Fault.Kind.TRUNCATED);
        assertThat(call().code()).isZero();
        assertThat(sandbox.score().connectionsOpened()).isEqualTo(1);
    }

    @Test
    void interimAnswersComeBeforeTheAnswer() throws IOException {
        play(Fault.of(Fault.Kind.INTERIM));
        assertThat(call().status()).isEqualTo(103);
        assertDeleted(true, Fault.Kind.INTERIM);
    }

    @Test
    void anExtraAnswerStandsBehindTheRightOne() throws IOException {
        play(Fault.of(Fault.Kind.EXTRA));
        Caller.Reply reply = call();
        assertThat(reply.body()).isEqualTo(GOOD);
        assertDeleted(true, Fault.Kind.EXTRA);
    }

    @Test
    void theHeadIsLong() throws IOException {
        play(Fault.of(Fault.Kind.LONG_HEAD));
        Caller.Reply reply = call();
        assertThat(reply.headers().get("x-padding")).hasSize(20_000);
        assertThat(reply.body()).isEqualTo(GOOD);
        assertDeleted(true, Fault.Kind.LONG_HEAD);
    }

    @Test
    void theTextIsDamagedAndTheCodeIsNot() throws IOException {
        play(Fault.of(Fault.Kind.DAMAGED));
        assertThat(call().body()).contains("\"ErrorCode\":0").contains("\uFFFD").contains("\t");
        assertDeleted(true, Fault.Kind.DAMAGED);
    }

    @Test
    void garbageIsNoJson() throws IOException {
        play(Fault.of(Fault.Kind.GARBAGE));
        Caller.Reply reply = call();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).doesNotContain("ErrorCode");
        assertDeleted(true, Fault.Kind.GARBAGE);
    }

    @ParameterizedTest
    @CsvSource({"STALL,false", "STALL_AFTER,true"})
    void stallNeverAnswersAndLeavesWhenTheCallerHangsUp(Fault.Kind kind, boolean deleted) throws IOException {
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
        assertDeleted(true, Fault.Kind.DRIP);
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
        assertDeleted(false, Fault.Kind.CODE);
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
