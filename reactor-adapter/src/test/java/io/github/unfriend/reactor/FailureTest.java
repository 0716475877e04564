/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.CallInfo;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultKind;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What each failure leads to, over real sockets. */
@Tag("promise-5")
class FailureTest {

    private static final RetryPolicy QUICK =
            RetryPolicy.builder().baseDelay(Duration.ofMillis(1)).maxAttempts(4).build();

    private final Sandbox sandbox = Sandbox.start();
    private final FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
            .retry(QUICK)
            .callTimeout(Duration.ofMillis(500))
            .build();

    @AfterEach
    void close() {
        assertThat(sandbox.score().violations()).isEmpty();
        gateway.dispose();
        sandbox.dispose();
    }

    private List<String> befriended(int count) {
        sandbox.friends().generate(1, count);
        return IntStream.range(0, count)
                .mapToObj(i -> FriendLists.name("friend-", i))
                .toList();
    }

    private List<ResultItem> delete(List<String> toAccounts) {
        return await(gateway.delete(
                        new FriendDeleteRequest(FriendLists.name("owner-", 0), DeleteType.SINGLE, toAccounts)))
                .items();
    }

    private void firstCall(Fault fault) {
        script(call -> call.number() == 1 ? fault : Fault.none());
    }

    private void script(Function<CallInfo, Fault> script) {
        sandbox.misbehave(FaultPlan.script(script));
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"RESET_BEFORE", "BAD_GATEWAY", "HTML", "STALL"})
    void anAmbiguousFailureBeforeTheWorkIsRepeated(FaultKind kind) {
        List<String> friends = befriended(20);
        firstCall(Fault.of(kind));
        assertThat(delete(friends)).hasSize(20).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(sandbox.score().calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"RESET_AFTER", "BAD_GATEWAY_AFTER", "CUT", "TRUNCATED", "GARBAGE", "STALL_AFTER"})
    void afterAnAmbiguousFailureNotBeingFriendsIsNoFailure(FaultKind kind) {
        List<String> friends = befriended(20);
        firstCall(Fault.of(kind));
        assertThat(delete(friends)).hasSize(20).allMatch(item -> item.outcome() == Outcome.NOT_FRIENDS);
        assertThat(sandbox.friends().total()).isZero();
        assertThat(sandbox.score().calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {30006, 30007, 60008, 60014, 60013, 70169, 70202, 70500, 30008, 60007, 60018})
    void aTransientCodeIsRepeated(int code) {
        List<String> friends = befriended(5);
        firstCall(Fault.code(code));
        assertThat(delete(friends)).hasSize(5).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(sandbox.score().calls()).isEqualTo(2);
    }

    /** Time ran out inside the service, maybe after the work: nobody can say that it was not done. */
    @ParameterizedTest
    @ValueSource(ints = {30007, 60008})
    void aTimeoutInsideTheServiceEndsUnknownWhenAttemptsRunOut(int code) {
        List<String> friends = befriended(3);
        script(call -> Fault.code(code));
        assertThat(delete(friends)).hasSize(3).allMatch(item -> item.outcome() == Outcome.UNKNOWN);
        assertThat(sandbox.score().calls()).isEqualTo(4);
    }

    @Test
    void onlyTheItemsThatFailedGoAgain() {
        List<String> friends = befriended(1000);
        firstCall(Fault.none().withItem(friends.get(3), 30006).withItem(friends.get(700), 30007));
        assertThat(delete(friends)).hasSize(1000).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(sandbox.score().calls()).isEqualTo(2);
        assertThat(sandbox.score().accountsPerCall().accounts()).isEqualTo(1002);
    }

    @Test
    void itemsOfSeveralBatchesGatherForOneLaterCall() {
        List<String> friends = befriended(5000);
        script(call -> {
            Fault fault = Fault.none();
            return call.toAccounts().size() == 1000
                    ? fault.withItem(call.toAccounts().get(7), 30006)
                    : fault;
        });
        assertThat(delete(friends)).hasSize(5000).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(sandbox.score().accountsPerCall().accounts()).isEqualTo(5005);
        assertThat(sandbox.score().calls()).isBetween(6L, 10L);
    }

    @Test
    void anAccountThatTheAnswerLeavesOutGoesAgain() {
        List<String> friends = befriended(3);
        firstCall(Fault.none().withOmitted(friends.get(1)));
        assertThat(delete(friends))
                .extracting(ResultItem::outcome)
                .containsExactly(Outcome.DELETED, Outcome.NOT_FRIENDS, Outcome.DELETED);
    }

    @Test
    void anAccountThatIsAlwaysLeftOutEndsUnknown() {
        List<String> friends = befriended(3);
        script(call -> Fault.none().withOmitted(friends.get(1)));
        assertThat(delete(friends).get(1))
                .matches(item -> item.outcome() == Outcome.UNKNOWN)
                .matches(item -> item.resultCode() == LocalCode.LEFT_OUT);
        assertThat(sandbox.score().calls()).as("asked again once").isEqualTo(2);
    }

    @Test
    void itemCodesThatWillNotChangeFailTheAccountAlone() {
        List<String> friends = befriended(4);
        script(call -> Fault.none().withItem(friends.get(0), 30003).withItem(friends.get(2), 39999));
        List<ResultItem> items = delete(friends);
        assertThat(items).extracting(ResultItem::resultCode).containsExactly(30003, 0, 39999, 0);
        assertThat(items.get(2).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(sandbox.score().calls()).isEqualTo(1);
    }

    @Test
    void attemptsThatRunOutTellWhatIsKnown() {
        List<String> friends = befriended(2);
        script(call -> Fault.code(30006, "Err_SNS_Internal"));
        assertThat(delete(friends))
                .containsExactly(
                        new ResultItem("owner-00000", friends.get(0), 30006, "Err_SNS_Internal"),
                        new ResultItem("owner-00000", friends.get(1), 30006, "Err_SNS_Internal"));
        assertThat(sandbox.score().calls()).isEqualTo(4);
        assertThat(sandbox.friends().total()).isEqualTo(2);
    }

    @Test
    void withoutAnyAnswerTheOutcomeIsUnknown() {
        List<String> friends = befriended(2);
        script(call -> Fault.of(FaultKind.RESET_BEFORE));
        assertThat(delete(friends))
                .allMatch(item -> item.outcome() == Outcome.UNKNOWN)
                .allMatch(item -> item.resultCode() == LocalCode.NO_ANSWER);
    }

    @Test
    void whatCouldNotBeSentHasFailedForSure() throws IOException {
        int port;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        FriendGateway astray = FriendGateway.builder()
                .credentials(Sandboxes.CREDENTIALS)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .retry(QUICK)
                .build();
        assertThat(await(astray.delete("alice", DeleteType.SINGLE, Flux.just("bob", "carol"))))
                .hasSize(2)
                .allMatch(item -> item.outcome() == Outcome.FAILED)
                .allMatch(item -> item.resultCode() == LocalCode.NOT_SENT);
        astray.dispose();
    }

    @ParameterizedTest
    @ValueSource(ints = {70003, 70009, 70013, 70014, 70016, 70020, 60010, 60012, 60025, 60026, 30004})
    void fatalCodesEndTheStreamWithoutAnotherCall(int code) {
        befriended(10);
        firstCall(Fault.code(code, "no way"));
        StepVerifier.create(gateway.delete("owner-00000", DeleteType.SINGLE, Flux.fromIterable(befriended(10))))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(FatalRefusalException.class, fatal -> {
                            assertThat(fatal.errorCode().number()).isEqualTo(code);
                            assertThat(fatal.errorInfo()).isEqualTo("no way");
                            assertThat(fatal.withoutResult()).isEqualTo(10);
                        }));
        assertThat(sandbox.score().calls()).isEqualTo(1);
    }

    @Test
    void aFatalCodeLetsCallsInFlightFinishAndCountsTheRest() {
        sandbox.friends().generate(40, 1);
        script(call -> call.number() == 4 ? Fault.code(60010) : Fault.none().withDelay(Duration.ofMillis(100)));
        FriendGateway narrow =
                Sandboxes.gatewayTo(sandbox).maxConcurrentCalls(4).build();
        List<Friendship> pairs = IntStream.range(0, 40)
                .mapToObj(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000"))
                .toList();
        long[] results = new long[1];
        StepVerifier.create(narrow.delete(DeleteType.SINGLE, Flux.fromIterable(pairs))
                        .doOnNext(item -> results[0]++))
                .thenConsumeWhile(item -> item.outcome() == Outcome.DELETED)
                .verifyErrorSatisfies(error -> assertThat(((FatalRefusalException) error).withoutResult() + results[0])
                        .isBetween(4L, 40L));
        assertThat(results[0]).isEqualTo(sandbox.score().deletions()).isBetween(3L, 7L);
        narrow.dispose();
    }

    @Test
    void anUnknownFromAccountFailsAloneAndTheStreamGoesOn() {
        sandbox.friends().befriend("alice", "bob");
        List<ResultItem> items = await(gateway.delete(
                DeleteType.SINGLE, Flux.just(new Friendship("nobody", "bob"), new Friendship("alice", "bob"))));
        assertThat(items)
                .containsExactlyInAnyOrder(
                        new ResultItem("nobody", "bob", 30003, "Err_Sns_Invalid_Account"),
                        new ResultItem("alice", "bob", 0, ""));
    }

    @Test
    void aPolicyThatThrowsEndsTheStreamWithItsException() {
        List<String> friends = befriended(2);
        firstCall(Fault.code(30006));
        FriendGateway odd = Sandboxes.gatewayTo(sandbox)
                .retry(failure -> {
                    throw new IllegalStateException("undecided");
                })
                .build();
        StepVerifier.create(odd.delete("owner-00000", DeleteType.SINGLE, Flux.fromIterable(friends)))
                .verifyErrorMessage("undecided");
        odd.dispose();
    }
}
