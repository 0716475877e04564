/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.AccountFailedException;
import io.github.unfriend.DeadlineExceededException;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultKind;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Owners served one call at a time, streams that end early, calls whose time is over, batches taken apart. */
class EndingsTest {

    private final Sandbox sandbox = Sandbox.start();
    private final RetryPolicy quick =
            RetryPolicy.builder().baseDelay(Duration.ofMillis(2)).maxAttempts(6).build();
    private final FriendGateway gateway =
            Sandboxes.gatewayTo(sandbox).retry(quick).maxConcurrentCalls(16).build();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    private static Friendship pair(int owner, int friend) {
        return new Friendship(FriendLists.name("owner-", owner), FriendLists.name("friend-", friend));
    }

    @Tag("promise-5")
    @Test
    void afterAWriteConflictThatOwnerIsServedOneCallAtATimeAndTheOthersAreNot() {
        sandbox.friends().generate("owner-", 1, "friend-", 12_000, false);
        sandbox.friends().generate("other-", 400, "friend-", 1, false);
        sandbox.misbehave(
                FaultPlan.none().withWriteConflicts().withLatency(Duration.ofMillis(20), Duration.ofMillis(20)));
        Flux<Friendship> one = Flux.range(0, 12_000).map(i -> pair(0, i));
        Flux<Friendship> others =
                Flux.range(0, 400).map(i -> new Friendship(FriendLists.name("other-", i), "friend-00000"));

        List<ResultItem> items = await(gateway.delete(DeleteType.SINGLE, Flux.concat(one, others)));

        assertThat(items).hasSize(12_400).allMatch(item -> item.outcome() == Outcome.DELETED);
        long conflicts = sandbox.score().answers().getOrDefault(30008, 0L);
        assertThat(conflicts).as("only those that were under way at first").isBetween(1L, 40L);
        sandbox.resetScore();
        sandbox.friends().generate("owner-", 1, "friend-", 5_000, false);
        await(gateway.delete(DeleteType.SINGLE, one.take(5_000)));
        assertThat(sandbox.score().answers()).as("and from then on").doesNotContainKey(30008);
    }

    @Test
    void twoStreamsOfOneGatewayTakeTurnsForASerialOwner() {
        sandbox.friends().generate("owner-", 1, "friend-", 8_000, false);
        sandbox.misbehave(
                FaultPlan.none().withWriteConflicts().withLatency(Duration.ofMillis(60), Duration.ofMillis(60)));
        Flux<ResultItem> all = Flux.merge(
                gateway.delete(DeleteType.SINGLE, Flux.range(0, 4_000).map(i -> pair(0, i))),
                gateway.delete(DeleteType.SINGLE, Flux.range(4_000, 4_000).map(i -> pair(0, i))));
        assertThat(await(all)).hasSize(8_000).allMatch(item -> item.outcome() == Outcome.DELETED);
        long conflicts = sandbox.score().answers().getOrDefault(30008, 0L);
        assertThat(conflicts).as("only those that were under way at first").isBetween(1L, 7L);
        assertThat(sandbox.score().calls()).isEqualTo(8 + conflicts);
    }

    @Tag("promise-5")
    @Test
    void fiftyBadAccountsAmongAThousandLeaveTheOthersDeleted() {
        sandbox.friends().generate("owner-", 1, "friend-", 1_000, false);
        sandbox.misbehave(FaultPlan.none()
                .withBatch(account -> Integer.parseInt(account.substring(account.indexOf('-') + 1)) % 20 == 7, 30001));
        List<ResultItem> items =
                await(gateway.delete(DeleteType.SINGLE, Flux.range(0, 1_000).map(i -> pair(0, i))));
        assertThat(items).hasSize(1_000);
        assertThat(items).filteredOn(item -> item.outcome() == Outcome.DELETED).hasSize(950);
        assertThat(items).filteredOn(item -> item.resultCode() == 30001).hasSize(50);
        assertThat(sandbox.friends().total()).isEqualTo(50);
    }

    @Tag("promise-5")
    @Test
    void halvingIsolatesOneBadAccountInFewCallsWhereverItStands() {
        for (int bad : new int[] {0, 1, 499, 500, 999}) {
            sandbox.friends().generate("owner-", 1, "friend-", 1_000, false);
            String name = FriendLists.name("friend-", bad);
            sandbox.misbehave(FaultPlan.none().withBatch(name::equals, 30001));
            sandbox.resetScore();
            List<ResultItem> items =
                    await(gateway.delete(DeleteType.SINGLE, Flux.range(0, 1_000).map(i -> pair(0, i))));
            assertThat(items)
                    .filteredOn(item -> item.outcome() == Outcome.DELETED)
                    .hasSize(999);
            int extra = (int) sandbox.score().calls() - 1;
            assertThat(extra).isLessThanOrEqualTo(2 * 10 + 1);
        }
    }

    @Tag("promise-7")
    @Test
    void stopOnErrorEndsAtTheFirstFailedAccount() {
        sandbox.friends().generate(60, 1);
        sandbox.misbehave(FaultPlan.script(call -> call.number() == 5
                ? Fault.none().withItem("friend-00000", 30003)
                : Fault.none().withDelay(Duration.ofMillis(50))));
        List<ResultItem> results = new ArrayList<>();
        StepVerifier.create(gateway.stopOnError()
                        .delete(DeleteType.SINGLE, Flux.range(0, 60).map(i -> pair(i, 0)))
                        .doOnNext(results::add))
                .thenConsumeWhile(item -> true)
                .verifyErrorSatisfies(error -> {
                    AccountFailedException failed = (AccountFailedException) error;
                    assertThat(failed.errorCode().number()).isEqualTo(30003);
                    assertThat(failed.toAccount()).isEqualTo("friend-00000");
                    assertThat(results.size() + failed.withoutResult()).isBetween((long) results.size(), 60L);
                });
        assertThat(results).anyMatch(item -> item.outcome() == Outcome.FAILED).hasSizeLessThan(40);
        assertThat(results).hasSize((int) sandbox.score().calls());
    }

    /** A new UserSig is there at once, but nobody wants the calls any more that it would be for. */
    @Test
    void aCallOfAStoppedStreamIsNotSentAgainWithANewSignature() {
        sandbox.friends().generate(60, 1);
        Queue<String> owners = new ConcurrentLinkedQueue<>();
        sandbox.misbehave(FaultPlan.script(call -> {
            owners.add(call.fromAccount());
            return call.number() == 5
                    ? Fault.none().withItem("friend-00000", 30003)
                    : Fault.code(70001).withDelay(Duration.ofMillis(400));
        }));
        StepVerifier.create(gateway.stopOnError()
                        .delete(DeleteType.SINGLE, Flux.range(0, 60).map(i -> pair(i, 0))))
                .thenConsumeWhile(item -> true)
                .verifyError(AccountFailedException.class);
        assertThat(owners).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();
    }

    @Test
    void withoutStopOnErrorAFailureIsAValue() {
        sandbox.friends().generate(10, 1);
        sandbox.misbehave(FaultPlan.none().withFrom("owner-00003"::equals, 30003));
        assertThat(await(gateway.delete(DeleteType.SINGLE, Flux.range(0, 10).map(i -> pair(i, 0)))))
                .hasSize(10)
                .filteredOn(item -> item.outcome() == Outcome.FAILED)
                .hasSize(1);
    }

    @Tag("promise-1")
    @Tag("promise-7")
    @Test
    void aStreamWithADeadlineEndsThenWithWhatIsOnTheWire() {
        sandbox.friends().generate(500, 1);
        long[] results = new long[1];
        StepVerifier.create(gateway.deadline(Duration.ofMillis(400))
                        .delete(DeleteType.SINGLE, Flux.range(0, 500).map(i -> pair(i, 0)))
                        .doOnNext(item -> results[0]++))
                .thenConsumeWhile(item -> item.outcome() == Outcome.DELETED)
                .verifyErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(DeadlineExceededException.class);
                    assertThat(((DeadlineExceededException) error).withoutResult())
                            .isPositive();
                });
        assertThat(results[0]).isEqualTo(sandbox.score().deletions()).isLessThan(500);
        assertThatThrownBy(() -> gateway.deadline(Duration.ZERO)).isInstanceOf(InvalidRequestException.class);
    }

    @Tag("promise-1")
    @Test
    void anAccountWhoseTimeIsOverEndsWithTheTruth() {
        sandbox.friends().generate(3, 1);
        sandbox.misbehave(FaultPlan.script(call -> switch (call.fromAccount()) {
            case "owner-00000" -> Fault.of(FaultKind.RESET_AFTER);
            case "owner-00001" -> Fault.code(30006);
            default -> Fault.none();
        }));
        FriendGateway patient = Sandboxes.gatewayTo(sandbox)
                .retry(RetryPolicy.builder()
                        .baseDelay(Duration.ofSeconds(30))
                        .maxDelay(Duration.ofSeconds(60))
                        .random(() -> 0.9)
                        .build())
                .callDeadline(Duration.ofMillis(700))
                .build();
        List<ResultItem> items =
                await(patient.delete(DeleteType.SINGLE, Flux.range(0, 3).map(i -> pair(i, 0))));
        patient.dispose();
        assertThat(items).hasSize(3);
        for (ResultItem item : items) {
            Outcome expected = switch (item.fromAccount()) {
                case "owner-00000" -> Outcome.UNKNOWN;
                case "owner-00001" -> Outcome.FAILED;
                default -> Outcome.DELETED;
            };
            assertThat(item.outcome()).isEqualTo(expected);
        }
    }

    @Tag("promise-1")
    @Test
    void aCallThatNeverGetsItsTurnWasNotSentForSure() {
        FriendGateway stuck = Sandboxes.gatewayTo(sandbox)
                .callDeadline(Duration.ofMillis(100))
                .build();
        stuck.pacer().pause(io.github.unfriend.Api.FRIEND_DELETE, Duration.ofMinutes(5));
        List<ResultItem> items = await(stuck.delete(
                "alice",
                DeleteType.SINGLE,
                Flux.fromStream(IntStream.range(0, 5).mapToObj(i -> "f" + i))));
        assertThat(items).hasSize(5).allMatch(item -> item.resultCode() == LocalCode.NOT_SENT);
        stuck.dispose();
    }
}
