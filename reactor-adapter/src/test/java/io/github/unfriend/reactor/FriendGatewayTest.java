/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteAllResult;
import io.github.unfriend.DeleteResult;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FriendDeleteAllRequest;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.LocalCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Every method of the public face, over real sockets. */
class FriendGatewayTest {

    private final Sandbox sandbox = Sandbox.start();
    private final FriendLists friends = sandbox.friends();
    private FriendGateway gateway;

    @BeforeEach
    void open() {
        gateway = Sandboxes.gatewayTo(sandbox).build();
    }

    @AfterEach
    void close() {
        assertThat(sandbox.score().violations()).isEmpty();
        gateway.dispose();
        sandbox.dispose();
    }

    @Test
    void deletesFriendsOfOneAccountInTheOrderOfTheRequest() {
        friends.befriend("alice", "bob").befriend("alice", "carol").addAccount("dave");

        DeleteResult result = await(gateway.delete(new FriendDeleteRequest(
                "alice", DeleteType.SINGLE, List.of("dave", "carol", "nobody", "bob", "carol"))));

        assertThat(result.items()).extracting(ResultItem::toAccount).containsExactly("dave", "carol", "nobody", "bob");
        assertThat(result.items())
                .extracting(ResultItem::outcome)
                .containsExactly(Outcome.NOT_FRIENDS, Outcome.DELETED, Outcome.FAILED, Outcome.DELETED);
        assertThat(friends.count("alice")).isZero();
        assertThat(sandbox.score().calls()).isEqualTo(1);
    }

    @Test
    void deletesOneWayOrBothWays() {
        friends.befriendBoth("alice", "bob").befriendBoth("alice", "carol");

        await(gateway.delete(new FriendDeleteRequest("alice", DeleteType.SINGLE, List.of("bob"))));
        await(gateway.delete(new FriendDeleteRequest("alice", DeleteType.BOTH, List.of("carol"))));

        assertThat(friends.areFriends("bob", "alice")).isTrue();
        assertThat(friends.areFriends("carol", "alice")).isFalse();
        assertThat(friends.count("alice")).isZero();
    }

    @Test
    void cutsALongListIntoFullBatches() {
        friends.generate("owner-", 1, "friend-", 2500, false);
        List<String> all = new ArrayList<>(friends.friendsOf(FriendLists.name("owner-", 0)));

        DeleteResult result =
                await(gateway.delete(new FriendDeleteRequest(FriendLists.name("owner-", 0), DeleteType.SINGLE, all)));

        assertThat(result.items()).extracting(ResultItem::toAccount).containsExactlyElementsOf(all);
        assertThat(result.items()).allMatch(item -> item.outcome() == Outcome.DELETED);
        io.github.unfriend.sandbox.AccountsPerCall perCall = sandbox.score().accountsPerCall();
        assertThat(perCall.calls()).isEqualTo(3);
        assertThat(perCall.most()).isEqualTo(1000);
    }

    @Test
    void streamsFriendsOfOneAccount() {
        friends.generate("owner-", 1, "friend-", 3000, false);
        String owner = FriendLists.name("owner-", 0);

        Set<String> answered =
                await(gateway.delete(owner, DeleteType.SINGLE, Flux.fromIterable(friends.friendsOf(owner)))
                        .filter(item -> item.outcome() == Outcome.DELETED)
                        .map(ResultItem::toAccount)
                        .collect(HashSet<String>::new, Set::add));

        assertThat(answered).hasSize(3000);
        assertThat(friends.total()).isZero();
        assertThat(sandbox.score().calls()).isEqualTo(3);
    }

    @Test
    void gathersAnyMixOfOwners() {
        friends.generate("owner-", 30, "friend-", 1000, false);
        List<Friendship> pairs = pairs(30, 1000);
        Collections.shuffle(pairs, new Random(7));

        List<ResultItem> results = await(gateway.delete(DeleteType.SINGLE, Flux.fromIterable(pairs)));

        assertThat(results).hasSize(30_000).allMatch(item -> item.outcome() == Outcome.DELETED);
        assertThat(results).doesNotHaveDuplicates();
        assertThat(sandbox.score().calls()).isEqualTo(30);
    }

    @Tag("promise-1")
    @Test
    void sendsDuplicatesOnceAndAnswersEach() {
        friends.befriend("alice", "bob");

        List<ResultItem> results = await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob", "bob", "bob")));

        assertThat(results).hasSize(3).containsOnly(new ResultItem("alice", "bob", 0, ""));
        assertThat(sandbox.score().accountsPerCall().accounts()).isEqualTo(1);
    }

    @Tag("promise-1")
    @Test
    void failsBadAccountsLocallyAndGoesOn() {
        friends.befriend("alice", "bob");
        String tooLong = "x".repeat(33);

        List<ResultItem> results = await(gateway.delete(
                DeleteType.SINGLE,
                Flux.just(
                        new Friendship("alice", ""),
                        new Friendship("", "bob"),
                        new Friendship("alice", tooLong),
                        new Friendship("alice", "alice"),
                        new Friendship("alice", "bob"))));

        assertThat(results).hasSize(5);
        assertThat(results)
                .filteredOn(item -> item.resultCode() == LocalCode.INVALID_USER_ID)
                .hasSize(4)
                .allMatch(item -> item.outcome() == Outcome.FAILED)
                .anyMatch(item -> item.resultInfo().contains("33 bytes"));
        assertThat(friends.total()).isZero();
        assertThat(sandbox.score().calls()).isEqualTo(1);
    }

    @Test
    void deletesAllFriendsOfOneAccount() {
        friends.befriendBoth("alice", "bob").befriendBoth("alice", "carol");

        DeleteAllResult result = await(gateway.deleteAll(new FriendDeleteAllRequest("alice", DeleteType.SINGLE)));

        assertThat(result).isEqualTo(new DeleteAllResult("alice", 0, ""));
        assertThat(result.outcome()).isEqualTo(Outcome.DELETED);
        assertThat(friends.count("alice")).isZero();
        assertThat(friends.areFriends("bob", "alice")).isTrue();
    }

    @Test
    void deletesAllFriendsOfManyAccounts() {
        friends.generate("owner-", 50, "friend-", 20, false);
        Flux<String> owners =
                Flux.range(0, 50).map(i -> FriendLists.name("owner-", i)).concatWithValues("nobody", "");

        List<DeleteAllResult> results = await(gateway.deleteAll(DeleteType.BOTH, owners));

        assertThat(results).hasSize(52);
        assertThat(results).filteredOn(r -> r.outcome() == Outcome.DELETED).hasSize(50);
        assertThat(results).extracting(DeleteAllResult::errorCode).contains(30003, LocalCode.INVALID_USER_ID);
        assertThat(friends.total()).isZero();
    }

    @Tag("promise-7")
    @Test
    void endsAtOnceWithAnEmptySource() {
        StepVerifier.create(gateway.delete(DeleteType.SINGLE, Flux.empty())).verifyComplete();
        StepVerifier.create(gateway.deleteAll(DeleteType.SINGLE, Flux.empty())).verifyComplete();
        assertThat(sandbox.score().calls()).isZero();
    }

    @Tag("promise-1")
    @Tag("promise-7")
    @Test
    void answersWhatTheSourceGaveBeforeItsError() {
        friends.befriend("alice", "bob");
        Flux<String> source = Flux.just("bob").concatWith(Flux.error(new IllegalStateException("disk on fire")));

        StepVerifier.create(gateway.delete("alice", DeleteType.SINGLE, source))
                .expectNext(new ResultItem("alice", "bob", 0, ""))
                .verifyErrorMessage("disk on fire");
    }

    private static List<Friendship> pairs(int owners, int friendsEach) {
        List<Friendship> pairs = new ArrayList<>();
        for (int owner = 0; owner < owners; owner++) {
            for (int friend = 0; friend < friendsEach; friend++) {
                pairs.add(new Friendship(FriendLists.name("owner-", owner), FriendLists.name("friend-", friend)));
            }
        }
        return pairs;
    }
}
