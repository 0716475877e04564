/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** A batch that the service refuses as a whole: who is to blame is found, and not looked for without end (W6, W17). */
@Tag("promise-5")
class HalvingTest {

    private static final int ACCOUNTS = 1000;

    private final Sandbox sandbox = Sandbox.start();
    private final FriendGateway gateway =
            Sandboxes.gatewayTo(sandbox).pacer(Pacer.unpaced()).build();

    @AfterEach
    void close() {
        gateway.dispose();
        sandbox.dispose();
    }

    private List<ResultItem> delete(int code, Set<Integer> bad) {
        sandbox.friends().generate(1, ACCOUNTS);
        Set<String> names =
                bad.stream().map(number -> FriendLists.name("friend-", number)).collect(Collectors.toSet());
        sandbox.misbehave(FaultPlan.script(
                call -> call.toAccounts().stream().anyMatch(names::contains) ? Fault.code(code) : Fault.none()));
        List<ResultItem> items = await(gateway.delete(
                FriendLists.name("owner-", 0),
                DeleteType.SINGLE,
                Flux.range(0, ACCOUNTS).map(number -> FriendLists.name("friend-", number))));
        assertThat(items).hasSize(ACCOUNTS);
        return items;
    }

    private static Set<Integer> numbers(IntStream numbers) {
        return numbers.boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    private void onlyTheBadFail(int code, Set<Integer> bad) {
        Set<String> names =
                bad.stream().map(number -> FriendLists.name("friend-", number)).collect(Collectors.toSet());
        assertThat(delete(code, bad)).allSatisfy(item -> {
            if (names.contains(item.toAccount())) {
                assertThat(item.resultCode()).isEqualTo(code);
            } else {
                assertThat(item.outcome()).isEqualTo(Outcome.DELETED);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {30001, 30003, 31704})
    void oneBadAccountOfAThousandIsFound(int code) {
        onlyTheBadFail(code, Set.of(617));
        // 2 log2(1,000) + 1 more than one call
        assertThat(sandbox.score().calls()).isLessThanOrEqualTo(1 + 2 * 10 + 1);
    }

    @Test
    void everyTwentiethIsBad() {
        onlyTheBadFail(30001, numbers(IntStream.range(0, 50).map(i -> i * 20)));
    }

    @Test
    void theFirstFiftyAreBad() {
        onlyTheBadFail(30003, numbers(IntStream.range(0, 50)));
    }

    @Test
    void theLastFiftyAreBad() {
        onlyTheBadFail(30003, numbers(IntStream.range(ACCOUNTS - 50, ACCOUNTS)));
    }

    @Test
    void fiftyAnywhereAreBad() {
        onlyTheBadFail(30001, numbers(new Random(7).ints(0, ACCOUNTS).distinct().limit(50)));
    }

    @ParameterizedTest
    @ValueSource(ints = {30001, 30003, 31704})
    void ifAllPartsAreRefusedAlikeItStops(int code) {
        List<ResultItem> items = delete(code, numbers(IntStream.range(0, ACCOUNTS)));
        assertThat(sandbox.score().calls()).isLessThanOrEqualTo(64);
        assertThat(items)
                .filteredOn(item -> item.resultCode() == LocalCode.REFUSED_TOGETHER)
                .hasSizeGreaterThan(900)
                .allMatch(item -> item.outcome() == Outcome.FAILED)
                .allMatch(item -> item.resultInfo().contains(Integer.toString(code)));
        assertThat(items)
                .filteredOn(item -> item.resultCode() != LocalCode.REFUSED_TOGETHER)
                .as("looked at alone")
                .allMatch(item -> item.resultCode() == code);
    }

    @Test
    void aStreamThatIsCancelledWhileItHalvesGivesEverythingBack() {
        sandbox.friends().generate(1, ACCOUNTS);
        sandbox.misbehave(FaultPlan.script(call -> Fault.code(30001)));
        AtomicInteger discarded = new AtomicInteger();
        Disposable stream = gateway.delete(
                        FriendLists.name("owner-", 0),
                        DeleteType.SINGLE,
                        Flux.range(0, ACCOUNTS).map(number -> FriendLists.name("friend-", number)))
                .doOnDiscard(String.class, account -> discarded.incrementAndGet())
                .subscribe();
        eventually(() -> sandbox.score().calls() >= 3);
        stream.dispose();
        eventually(() -> discarded.get() + 60 >= ACCOUNTS);
    }
}
