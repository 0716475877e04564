/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.AccountFailedException;
import io.github.unfriend.DeadlineExceededException;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.FriendDeleteAllRequest;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.Outcome;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.sandbox.CallInfo;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Requests with one answer for all accounts that end in an error: what had a result is told, the rest is counted. */
@Tag("promise-1")
class UnfinishedTest {

    private static final String OWNER = FriendLists.name("owner-", 0);
    private static final FriendDeleteAllRequest ALL = new FriendDeleteAllRequest(OWNER, DeleteType.SINGLE);

    private final Sandbox sandbox = Sandbox.start();
    private FriendGateway gateway =
            Sandboxes.gatewayTo(sandbox).maxConcurrentCalls(1).build();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    private void policy(RetryPolicy policy) {
        gateway.dispose();
        gateway =
                Sandboxes.gatewayTo(sandbox).maxConcurrentCalls(1).retry(policy).build();
    }

    private void script(Function<CallInfo, Fault> script) {
        sandbox.misbehave(FaultPlan.script(script));
    }

    private FriendDeleteRequest request(int count) {
        sandbox.friends().generate(1, count);
        List<String> friends = IntStream.range(0, count)
                .mapToObj(i -> FriendLists.name("friend-", i))
                .toList();
        return new FriendDeleteRequest(OWNER, DeleteType.SINGLE, friends);
    }

    private static <T extends UnfinishedException> T errorOf(Mono<?> mono, Class<T> type) {
        try {
            mono.block(Duration.ofSeconds(30));
        } catch (UnfinishedException error) {
            return type.cast(error);
        }
        throw new AssertionError("ended without an error");
    }

    private void assertThatAllIsTold(UnfinishedException error, int all) {
        assertThat(error.results())
                .hasSize((int) sandbox.score().deletions())
                .allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(error.withoutResult()).isEqualTo(all - error.results().size());
    }

    @Test
    void aFatalRefusalCountsAllAccountsOfTheRequestAlsoThoseThatWereNotTakenInYet() {
        script(call -> call.number() == 3 ? Fault.code(60010) : Fault.none());
        FatalRefusalException error = errorOf(gateway.delete(request(20_000)), FatalRefusalException.class);
        assertThat(error.results()).hasSize(2_000);
        assertThat(error.withoutResult()).isEqualTo(18_000);
        assertThat(error).hasMessageContaining("18000 accounts have no result");
    }

    @Test
    void theFirstFailedAccountKeepsTheResultsBeforeIt() {
        String bad = FriendLists.name("friend-", 1_500);
        sandbox.misbehave(FaultPlan.none().withAccount(bad::equals, 30003));
        AccountFailedException error =
                errorOf(gateway.stopOnError().delete(request(5_000)), AccountFailedException.class);
        assertThat(error.toAccount()).isEqualTo(bad);
        assertThat(error.results())
                .hasSize(2_000)
                .filteredOn(item -> item.outcome() == Outcome.FAILED)
                .hasSize(1);
        assertThat(error.withoutResult()).isEqualTo(3_000);
    }

    @Test
    void aDeadlineKeepsTheResultsBeforeIt() {
        script(call -> Fault.none().withDelay(Duration.ofMillis(300)));
        assertThatAllIsTold(
                errorOf(
                        gateway.deadline(Duration.ofSeconds(2)).delete(request(20_000)),
                        DeadlineExceededException.class),
                20_000);
    }

    @Test
    void closingTheGatewayKeepsTheResultsBeforeIt() {
        script(call -> {
            if (call.number() == 2) {
                gateway.dispose();
            }
            return Fault.none();
        });
        GatewayClosedException error = errorOf(gateway.delete(request(5_000)), GatewayClosedException.class);
        assertThatAllIsTold(error, 5_000);
        assertThat(error.results()).hasSize(2_000);
        assertThat(errorOf(gateway.delete(request(5)), GatewayClosedException.class)
                        .withoutResult())
                .isEqualTo(5);
    }

    @Test
    void anErrorOfSomebodyElseIsTheCauseAndLosesNoResult() {
        policy(failure -> {
            throw new IllegalStateException("undecided");
        });
        script(call ->
                call.number() == 2 ? Fault.none().withItem(call.toAccounts().get(7), 30006) : Fault.none());
        UnfinishedException error = errorOf(gateway.delete(request(5_000)), UnfinishedException.class);
        assertThat(error).cause().isInstanceOf(IllegalStateException.class).hasMessage("undecided");
        assertThatAllIsTold(error, 5_000);
        assertThat(error.results()).hasSize(1_999);
    }

    @Test
    void deletingAWholeListTellsTheSame() {
        sandbox.friends().generate(1, 3);
        script(call -> Fault.code(30003, "nobody"));
        assertThat(errorOf(gateway.stopOnError().deleteAll(ALL), AccountFailedException.class)
                        .results())
                .singleElement()
                .matches(item -> item.resultCode() == 30003 && item.resultInfo().equals("nobody"));
        script(call -> Fault.code(70009));
        FatalRefusalException fatal = errorOf(gateway.deleteAll(ALL), FatalRefusalException.class);
        assertThat(fatal.results()).isEmpty();
        assertThat(fatal.withoutResult()).isEqualTo(1);
    }

    /** Whether an account waits for its next attempt or has never been sent: nothing is known of it, it can go again. */
    @Test
    void anAccountThatWaitsForItsNextAttemptHasNoResultWhenTheStreamEnds() {
        AtomicBoolean waits = new AtomicBoolean();
        gateway.dispose();
        gateway = Sandboxes.gatewayTo(sandbox)
                .retry(failure -> {
                    if (failure.code() == 60014) {
                        waits.set(true);
                        return new Decision.Retry(Duration.ofMinutes(5));
                    }
                    return failure.code() == 70001
                            ? new Decision.RenewUserSig()
                            : new Decision.Retry(Duration.ofMillis(20));
                })
                .build();
        script(call -> call.fromAccount().equals("alice")
                ? Fault.code(60014)
                : waits.get() ? Fault.code(70001) : Fault.code(30006));
        Flux<Friendship> pairs = Flux.just(new Friendship("alice", "x"), new Friendship("bob", "y"));
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, pairs))
                .expectErrorSatisfies(error -> assertThat(((FatalRefusalException) error).withoutResult())
                        .isEqualTo(2))
                .verify(Duration.ofSeconds(30));
    }
}
