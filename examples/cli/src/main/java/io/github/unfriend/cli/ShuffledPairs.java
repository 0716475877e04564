/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.Friendship;
import io.github.unfriend.cli.input.AccountReader;
import io.github.unfriend.sandbox.FriendLists;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The friendships that a sandbox generates, in an order that depends on a seed alone. */
final class ShuffledPairs implements AccountReader {

    private final int friends;
    private final int[] order;
    private int next;

    ShuffledPairs(int owners, int friends, long seed) {
        this.friends = friends;
        this.order = new int[owners * friends];
        Random random = new Random(seed);
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }

    @Override
    public @Nullable Friendship next() {
        if (next == order.length) {
            return null;
        }
        int pair = order[next++];
        return new Friendship(FriendLists.name("owner-", pair / friends), FriendLists.name("friend-", pair % friends));
    }

    @Override
    public void close() {
        next = order.length;
    }
}
