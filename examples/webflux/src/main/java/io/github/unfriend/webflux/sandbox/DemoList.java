/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.sandbox;

import io.github.unfriend.Friendship;
import io.github.unfriend.sandbox.FriendLists;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What there is to delete in the sandbox: friendships, in an order in which no two neighbours have the same
 * From_Account, and at the end some that cannot be deleted, for three reasons.
 *
 * @param owners accounts with friends
 * @param friends friends of each
 * @param odd lines of each of the three odd kinds
 */
record DemoList(int owners, int friends, int odd) {

    /** 5,000 calls, which take 25 seconds at the full rate. Owners come in whole blocks. */
    static final DemoList USUAL = new DemoList(5000, 20, 30);

    /** Owners whose friends are mixed. */
    private static final int BLOCK = 500;

    private static final String OWNER = "owner-";
    private static final String FRIEND = "friend-";
    private static final String STRANGER = "stranger-";

    /** Makes all friends again. */
    void fill(FriendLists lists) {
        lists.generate(OWNER, owners, FRIEND, friends, true);
        IntStream.range(0, odd).forEach(i -> lists.addAccount(FriendLists.name(STRANGER, i)));
    }

    Stream<Friendship> lines() {
        Stream<Friendship> all = IntStream.range(0, owners * friends).mapToObj(this::line);
        return Stream.concat(all, IntStream.range(0, odd).boxed().flatMap(this::oddOnes));
    }

    /** Block after block of owners; within a block, one friend of each, then the next friend of each. */
    private Friendship line(int i) {
        int inBlock = i % (BLOCK * friends);
        int owner = i / (BLOCK * friends) * BLOCK + inBlock % BLOCK;
        return new Friendship(owner(owner), FriendLists.name(FRIEND, inBlock / BLOCK));
    }

    private Stream<Friendship> oddOnes(int i) {
        return Stream.of(
                new Friendship(owner(i), FriendLists.name(STRANGER, i)),
                new Friendship(owner(i), FriendLists.name("nobody-", i)),
                new Friendship(owner(i), FriendLists.name("a-name-that-is-longer-than-32-bytes-", i)));
    }

    private String owner(int i) {
        return FriendLists.name(OWNER, i % owners);
    }
}
