/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** How accounts that come in any order are brought together, counted in calls at the server. */
class GatheringTest {

    private final Sandbox sandbox =
            Sandbox.start(SandboxOptions.builder().callsPerSecond(0).build());
    private FriendGateway gateway =
            Sandboxes.gatewayTo(sandbox).pacer(Pacer.unpaced()).build();

    @AfterEach
    void close() {
        assertThat(sandbox.score().violations()).isEmpty();
        gateway.dispose();
        sandbox.dispose();
    }

    @Test
    void shuffledPairsOfManyOwnersNeedHardlyMoreCallsThanSortedOnes() {
        gateway.dispose();
        gateway = Sandboxes.gatewayTo(sandbox)
                .pacer(Pacer.unpaced())
                .linger(Duration.ofSeconds(5)) // on a busy machine this source may be slow; the test is of a fast one
                .build();
        int owners = 150;
        int each = 2000;
        sandbox.friends().generate(owners, each);
        int[] order = shuffled(owners * each);
        BitSet answered = new BitSet(order.length);
        String[] ownerNames = names("owner-", owners);
        String[] friendNames = names("friend-", each);

        await(gateway.delete(
                        DeleteType.SINGLE,
                        Flux.range(0, order.length)
                                .map(i -> new Friendship(ownerNames[order[i] / each], friendNames[order[i] % each])))
                .doOnNext(item -> {
                    assertThat(item.outcome()).isEqualTo(Outcome.DELETED);
                    int index = number(item.fromAccount()) * each + number(item.toAccount());
                    assertThat(answered.get(index)).as("answered twice").isFalse();
                    answered.set(index);
                })
                .count());

        assertThat(answered.cardinality()).isEqualTo(300_000);
        assertThat(sandbox.friends().total()).isZero();
        long fewest = 300_000 / 1000;
        assertThat(sandbox.score().calls()).isLessThanOrEqualTo(fewest * 3 / 2);
    }

    @Test
    void aSlowSourceWaitsNoLongerThanTheLingerTime() {
        sandbox.friends().befriend("alice", "bob").befriend("alice", "carol").befriend("dave", "bob");
        Flux<Friendship> endless = Flux.just(
                        new Friendship("alice", "bob"), new Friendship("dave", "bob"), new Friendship("alice", "carol"))
                .concatWith(Flux.never());

        List<ResultItem> results =
                await(gateway.delete(DeleteType.SINGLE, endless).take(3));

        assertThat(results).hasSize(3).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(sandbox.score().calls()).isEqualTo(2);
    }

    @Test
    void oneSlowOwnerAmongManyIsNotForgotten() {
        gateway.dispose();
        gateway = Sandboxes.gatewayTo(sandbox)
                .pacer(Pacer.unpaced())
                .linger(Duration.ofMillis(20))
                .build();
        sandbox.friends().generate(1, 50_000).befriend("lonely", "bob");
        Flux<Friendship> busy = Flux.range(0, 50_000)
                .map(i -> new Friendship("owner-00000", FriendLists.name("friend-", i)))
                .concatWith(Flux.never());

        ResultItem lonely =
                await(gateway.delete(DeleteType.SINGLE, Flux.concat(Flux.just(new Friendship("lonely", "bob")), busy))
                        .filter(item -> item.fromAccount().equals("lonely"))
                        .next());

        assertThat(lonely.outcome()).isEqualTo(Outcome.DELETED);
    }

    @Test
    void manyOwnersWithOneFriendEachFlowAsWell() {
        sandbox.friends().generate(5000, 1);
        Long deleted = await(gateway.delete(
                        DeleteType.SINGLE,
                        Flux.range(0, 5000).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000")))
                .filter(item -> item.outcome() == Outcome.DELETED)
                .count());
        assertThat(deleted).isEqualTo(5000);
        assertThat(sandbox.score().calls()).isEqualTo(5000);
    }

    private static String[] names(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> FriendLists.name(prefix, i))
                .toArray(String[]::new);
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(name.indexOf('-') + 1));
    }

    private static int[] shuffled(int count) {
        int[] order = IntStream.range(0, count).toArray();
        Random random = new Random(42);
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}
