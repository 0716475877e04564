/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand.web;

import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.FriendLists;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;

/**
 * An endless source of friendships that costs little: the From_Account changes every 1,000, so that every call is full.
 * 64 From_Accounts take turns, each time with other To_Accounts: one that came again while it still waits would not be
 * sent twice.
 */
public final class Friendships {

    /** How many To_Accounts there are, {@code friend-00000} and so on. */
    public static final int FRIENDS = 16_000;

    /** How many friendships go into one call. */
    public static final int A_CALL = 1_000;

    private static final int OWNERS = 64;
    /** What the service answers about accounts that are no friends. */
    private static final int NOT_FRIENDS = 31704;

    private static final String[] OWNER = names("owner-", OWNERS);
    private static final String[] FRIEND = names("friend-", FRIENDS);

    private Friendships() {}

    /**
     * The friendships, without end.
     *
     * @return cold; makes each when it is requested
     */
    public static Flux<Friendship> endless() {
        return Flux.generate(() -> 0, (number, sink) -> {
            sink.next(new Friendship(owner(number), friend(number)));
            return number + 1;
        });
    }

    /**
     * Results as the judge's answers give them, without end and without a gateway.
     *
     * @return cold; each exists before it is requested
     */
    public static Flux<ResultItem> results() {
        ResultItem[] ready = IntStream.range(0, A_CALL)
                .mapToObj(number ->
                        new ResultItem(owner(number), friend(number), NOT_FRIENDS, "Err_SNS_FriendDelete_Not_Friend"))
                .toArray(ResultItem[]::new);
        return Flux.generate(() -> 0, (number, sink) -> {
            sink.next(ready[number]);
            return (number + 1) % ready.length;
        });
    }

    private static String owner(int number) {
        return OWNER[number / A_CALL % OWNERS];
    }

    /** All To_Accounts of a call are next to each other; each round over the From_Accounts begins at the next 1,000. */
    private static String friend(int number) {
        int round = number / (A_CALL * OWNERS);
        return FRIEND[(round * A_CALL + number % A_CALL) % FRIENDS];
    }

    private static String[] names(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> FriendLists.name(prefix, i))
                .toArray(String[]::new);
    }
}
