/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteAllResult;
import io.github.unfriend.DeleteResult;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FriendDeleteAllRequest;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.Settled;
import io.github.unfriend.sandbox.Sandbox;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;

/** Every Publisher that the gateway and the pacer return keeps the rules of Reactive Streams; over real sockets. */
@Tag("promise-3")
@Tag("promise-7")
class TckTest {

    private static final DeleteType TYPE = DeleteType.SINGLE;

    private static Sandbox sandbox;
    private static Pacer pacer;
    private static Pacer closedPacer;
    private static FriendGateway gateway;
    private static FriendGateway closed;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.start();
        pacer = Pacer.builder().callsPerSecond(100_000).build();
        gateway = Sandboxes.gatewayTo(sandbox).pacer(pacer).build();
        closed = Sandboxes.gatewayTo(sandbox).build();
        closed.dispose();
        closedPacer = Pacer.builder().build();
        closedPacer.dispose();
    }

    @AfterAll
    static void close() {
        gateway.dispose();
        pacer.dispose();
        sandbox.dispose();
    }

    @TestFactory
    Stream<DynamicTest> deleteFriendsOfOneAccount() {
        return TckRules.<ResultItem>ofFlux(
                count -> gateway.delete("owner", TYPE, names(count)), closed.delete("owner", TYPE, names(1)));
    }

    @TestFactory
    Stream<DynamicTest> deleteFriendshipsOfManyAccounts() {
        return TckRules.<ResultItem>ofFlux(count -> gateway.delete(TYPE, pairs(count)), closed.delete(TYPE, pairs(1)));
    }

    @TestFactory
    Stream<DynamicTest> deleteFriendshipsOfElements() {
        return TckRules.<Settled<String, ResultItem>>ofFlux(
                count -> gateway.delete(TYPE, names(count), TckTest::pair),
                closed.delete(TYPE, names(1), TckTest::pair));
    }

    @TestFactory
    Stream<DynamicTest> deleteOneFriendship() {
        return TckRules.<ResultItem>ofMono(
                count -> gateway.delete(TYPE, pair("friend-1")), closed.delete(TYPE, pair("friend-1")));
    }

    @TestFactory
    Stream<DynamicTest> deleteAllOfElements() {
        return TckRules.<Settled<String, DeleteAllResult>>ofFlux(
                count -> gateway.deleteAll(TYPE, names(count), name -> name),
                closed.deleteAll(TYPE, names(1), name -> name));
    }

    @TestFactory
    Stream<DynamicTest> deleteOneRequest() {
        FriendDeleteRequest request = new FriendDeleteRequest("owner", TYPE, List.of("a", "b"));
        return TckRules.<DeleteResult>ofMono(count -> gateway.delete(request), closed.delete(request));
    }

    @TestFactory
    Stream<DynamicTest> deleteAllOfManyAccounts() {
        return TckRules.<DeleteAllResult>ofFlux(
                count -> gateway.deleteAll(TYPE, names(count)), closed.deleteAll(TYPE, names(1)));
    }

    @TestFactory
    Stream<DynamicTest> deleteAllOfOneAccount() {
        FriendDeleteAllRequest request = new FriendDeleteAllRequest("owner", TYPE);
        return TckRules.<DeleteAllResult>ofMono(count -> gateway.deleteAll(request), closed.deleteAll(request));
    }

    @TestFactory
    Stream<DynamicTest> permits() {
        return TckRules.<Permit>ofMono(
                count -> pacer.acquire(Api.FRIEND_DELETE), closedPacer.acquire(Api.FRIEND_DELETE));
    }

    @TestFactory
    Stream<DynamicTest> permitsOfTheUnpaced() {
        return TckRules.<Permit>ofMono(
                count -> Pacer.unpaced().acquire(Api.FRIEND_DELETE), closedPacer.acquire(Api.FRIEND_DELETE));
    }

    private static Flux<String> names(long count) {
        return Flux.generate(() -> 0L, (next, sink) -> {
            if (next == count) {
                sink.complete();
            } else {
                sink.next("friend-" + next);
            }
            return next + 1;
        });
    }

    private static Flux<Friendship> pairs(long count) {
        return names(count).map(TckTest::pair);
    }

    private static Friendship pair(String name) {
        return new Friendship("owner-" + name.charAt(name.length() - 1), name);
    }
}
