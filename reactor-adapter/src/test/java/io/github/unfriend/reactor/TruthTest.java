/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.CallInfo;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultKind;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What is said of an account is true: answers that speak of some accounts only, and refusals after a lost answer. */
@Tag("promise-1")
@Tag("promise-5")
class TruthTest {

    private static final String OWNER = FriendLists.name("owner-", 0);
    private static final String FIRST = FriendLists.name("friend-", 0);

    private final Sandbox sandbox = Sandbox.start();
    private final RetryPolicy quick =
            RetryPolicy.builder().baseDelay(Duration.ofMillis(1)).maxAttempts(3).build();
    private FriendGateway gateway = Sandboxes.gatewayTo(sandbox).retry(quick).build();
    private final List<ResultItem> results = new ArrayList<>();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    private void policy(RetryPolicy policy) {
        gateway.dispose();
        gateway = Sandboxes.gatewayTo(sandbox).retry(policy).build();
    }

    private void script(Function<CallInfo, Fault> script) {
        sandbox.misbehave(FaultPlan.script(script));
    }

    private void firstCall(Fault fault) {
        script(call -> call.number() == 1 ? fault : Fault.none());
    }

    private Flux<ResultItem> delete(int count) {
        sandbox.friends().generate(1, count);
        return gateway.delete(OWNER, DeleteType.SINGLE, Flux.range(0, count).map(i -> FriendLists.name("friend-", i)))
                .doOnNext(results::add);
    }

    private static Fault failNaming(int errorCode, String account, int resultCode) {
        return Fault.body("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":" + errorCode
                + ",\"ErrorInfo\":\"no\",\"ResultItem\":[{\"To_Account\":\"" + account + "\",\"ResultCode\":"
                + resultCode + ",\"ResultInfo\":\"\"}]}");
    }

    @Test
    void aFailureWithoutACodeLeavesTheAccountsItDoesNotNameOpen() {
        firstCall(failNaming(0, FIRST, 0));
        assertThat(await(delete(5))).hasSize(5).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(sandbox.score().accountsPerCall().accounts()).isEqualTo(5 + 4);
        assertThat(sandbox.friends().total()).isEqualTo(1); // the one that the first answer told a lie about
    }

    @Test
    void aFatalRefusalIsFatalForTheAccountsItDoesNotName() {
        firstCall(failNaming(70009, FIRST, 0));
        StepVerifier.create(delete(5))
                .thenConsumeWhile(item -> true)
                .verifyErrorSatisfies(error -> assertThat(((FatalRefusalException) error).withoutResult())
                        .isEqualTo(4));
        assertThat(results).extracting(ResultItem::toAccount).containsExactly(FIRST);
        assertThat(gateway.refusal()).isNotNull();
        assertThat(sandbox.score().calls()).isEqualTo(1);
    }

    @Test
    void aFatalRefusalIsFatalEvenIfItNamesEveryAccount() {
        firstCall(failNaming(70009, FIRST, 70009));
        StepVerifier.create(delete(1)).thenConsumeWhile(item -> true).verifyError(FatalRefusalException.class);
        assertThat(gateway.refusal()).isNotNull();
    }

    @Test
    void anIllegalParameterIsLookedForAmongTheAccountsTheRefusalDoesNotName() {
        String bad = FriendLists.name("friend-", 3);
        script(call -> call.number() == 1
                ? failNaming(30001, FIRST, 0)
                : call.toAccounts().contains(bad) ? Fault.code(30001) : Fault.none());
        assertThat(await(delete(9)))
                .hasSize(9)
                .allMatch(item -> item.outcome() == (item.toAccount().equals(bad) ? Outcome.FAILED : Outcome.DELETED));
    }

    @Test
    void anExpiredSignatureIsRenewedForTheAccountsTheRefusalDoesNotName() {
        firstCall(failNaming(70001, FIRST, 0));
        assertThat(await(delete(5))).hasSize(5).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(sandbox.score().calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {34567, 60003, 70402, 30002, 30001, 30003, 70107, 30006, 30525})
    void afterALostAnswerARefusalOfTheWholeCallIsNoProofOfFailure(int code) {
        script(call -> call.number() == 1 ? Fault.of(FaultKind.RESET_AFTER) : Fault.code(code, "whole"));
        policy(giveUpOn(code));
        assertThat(await(delete(4)))
                .hasSize(4)
                .allMatch(item -> item.outcome() == Outcome.UNKNOWN)
                .allMatch(item -> item.resultInfo().contains(code + " whole"));
        assertThat(sandbox.friends().total()).isZero();
    }

    @Test
    void whatMayHaveHappenedIsUnknownEvenIfTheAttemptsEndWithARefusal() {
        script(call -> call.number() == 1 ? Fault.of(FaultKind.RESET_AFTER) : Fault.code(30006));
        assertThat(await(delete(2)))
                .hasSize(2)
                .allMatch(item -> item.outcome() == Outcome.UNKNOWN)
                .allMatch(item -> item.resultInfo().contains("30006"));
    }

    /** Such a code says nothing of an account, even if it stands alone, and whatever the user's policy makes of it. */
    @ParameterizedTest
    @ValueSource(ints = {34567, 60003, 70402, 30002, 70009, 30004, 60010, 60026})
    void afterALostAnswerARefusalThatSpeaksOfNoAccountIsNoProofOfFailure(int code) {
        script(call -> call.number() == 1 ? Fault.of(FaultKind.RESET_AFTER) : Fault.code(code, "whole"));
        policy(giveUpOn(code));
        assertThat(await(delete(1))).singleElement().matches(item -> item.outcome() == Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {34567, 70009})
    void afterALostAnswerAnItemThatNobodyLookedAtIsNoProofOfFailure(int code) {
        script(call -> call.number() == 1
                ? Fault.of(FaultKind.RESET_AFTER)
                : Fault.none().withItem(FIRST, code));
        assertThat(await(delete(1))).singleElement().matches(item -> item.outcome() == Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {30001, 30003})
    void afterALostAnswerARefusalOfOneAccountAloneIsAFailure(int code) {
        script(call -> call.number() == 1 ? Fault.of(FaultKind.RESET_BEFORE) : Fault.code(code));
        assertThat(await(delete(1))).singleElement().matches(item -> item.resultCode() == code);
    }

    @Test
    void aFatalRefusalIsToldEvenIfALostAnswerBeforeItMakesAnAccountFailAsWell() {
        script(call -> call.number() == 1 ? Fault.of(FaultKind.RESET_AFTER) : Fault.code(70009));
        gateway = gateway.stopOnError();
        StepVerifier.create(delete(2))
                .thenConsumeWhile(item -> item.outcome() == Outcome.UNKNOWN)
                .verifyError(FatalRefusalException.class);
        assertThat(results).hasSize(2);
    }

    @Test
    void stopForAnItemEndsTheStreamAfterAllResults() {
        RetryPolicy stop = failure -> failure.code() == 30006 ? new Decision.Stop() : quick.decide(failure);
        policy(stop);
        sandbox.misbehave(FaultPlan.none().withAccount(FIRST::equals, 30006));
        StepVerifier.create(delete(5))
                .thenConsumeWhile(item -> true)
                .verifyErrorSatisfies(error -> assertThat(
                                ((FatalRefusalException) error).errorCode().number())
                        .isEqualTo(30006));
        assertThat(results)
                .hasSize(5)
                .filteredOn(item -> item.resultCode() == 0)
                .hasSize(4);
    }

    @Test
    void aPolicyThatThrowsOnLeftOutAccountsLosesNoneOfThem() {
        policy(failing());
        String third = FriendLists.name("friend-", 2);
        firstCall(Fault.none().withOmitted(FIRST).withOmitted(third));
        StepVerifier.create(delete(5)).thenConsumeWhile(item -> true).verifyErrorMessage("undecided");
        assertThat(results)
                .hasSize(5)
                .filteredOn(item -> item.outcome() == Outcome.UNKNOWN)
                .hasSize(2);
    }

    @Test
    void aPolicyThatThrowsOnALostAnswerLosesNobody() {
        policy(failing());
        firstCall(Fault.of(FaultKind.RESET_AFTER));
        StepVerifier.create(delete(5)).thenConsumeWhile(item -> true).verifyErrorMessage("undecided");
        assertThat(results).hasSize(5).allMatch(item -> item.outcome() == Outcome.UNKNOWN);
    }

    private static RetryPolicy failing() {
        return failure -> {
            throw new IllegalStateException("undecided");
        };
    }

    private RetryPolicy giveUpOn(int code) {
        return failure -> failure.code() == code ? new Decision.GiveUp() : quick.decide(failure);
    }
}
