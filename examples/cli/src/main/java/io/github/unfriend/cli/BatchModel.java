/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Counts the batches of a stream of accounts, by the rules of the gateway. Accounts are gathered for each From_Account.
 * A group becomes a batch when it has 1,000 accounts, when it has not grown for so long that waiting does not help, or
 * when 128,000 accounts are held and it is the largest. The source is assumed to be faster than the calls, so for an
 * input in random order the count is a lower bound. Keeps numbers only, no accounts.
 */
final class BatchModel {

    private static final int MOST_IN_A_CALL = 1000;
    /** The gateway's default of maxHeldAccounts. */
    private static final int MOST_HELD = 128_000;
    /** The fewest accounts that must come in before a group that does not grow becomes a batch. */
    private static final int LEAST_REACH = MOST_HELD / 32;

    /** From_Accounts whose accounts are counted one by one. With more, the fewest calls are not counted. */
    private static final int MOST_OWNERS = 200_000;

    /** The group that has not grown for the longest time is the first. */
    private final Map<String, Group> groups = new LinkedHashMap<>(LEAST_REACH, 0.75f, true);

    private final List<Set<String>> bySize = new ArrayList<>();
    private final Map<String, Long> owners = new HashMap<>();
    private int fullest;
    private int reach = LEAST_REACH;
    private int sinceChange;
    private int late;
    private long added;
    private long held;
    private long calls;

    /** Accounts that wait for others of their From_Account. */
    private static final class Group {
        private int size;
        private long grewAt;
    }

    BatchModel() {
        for (int size = 0; size < MOST_IN_A_CALL; size++) {
            bySize.add(new LinkedHashSet<>());
        }
    }

    void add(String fromAccount) {
        if (owners.size() < MOST_OWNERS) {
            owners.merge(fromAccount, 1L, Long::sum);
        }
        Group group = groups.computeIfAbsent(fromAccount, owner -> new Group());
        bySize.get(group.size).remove(fromAccount);
        if (group.size > 0 && added - group.grewAt >= reach / 2) {
            late++;
        }
        group.size++;
        group.grewAt = ++added;
        held++;
        adaptReach();
        if (group.size == MOST_IN_A_CALL) {
            leave(fromAccount, group);
        } else {
            bySize.get(group.size).add(fromAccount);
            fullest = Math.max(fullest, group.size);
        }
        leaveStale();
        if (held >= MOST_HELD) {
            leaveFullest();
        }
    }

    /** Doubles while one account in 64 joins a group that has not grown for half of the reach. */
    private void adaptReach() {
        if (++sinceChange >= reach) {
            boolean isOfUse = late * 64L >= reach;
            reach = isOfUse ? Math.min(MOST_HELD, 2 * reach) : Math.max(LEAST_REACH, reach / 2);
            sinceChange = 0;
            late = 0;
        }
    }

    private void leaveStale() {
        while (!groups.isEmpty()) {
            Map.Entry<String, Group> stalest = groups.entrySet().iterator().next();
            Group group = stalest.getValue();
            if (added - group.grewAt < reach) {
                return;
            }
            bySize.get(group.size).remove(stalest.getKey());
            leave(stalest.getKey(), group);
        }
    }

    private void leaveFullest() {
        while (bySize.get(fullest).isEmpty()) {
            fullest--;
        }
        String first = bySize.get(fullest).iterator().next();
        bySize.get(fullest).remove(first);
        leave(first, Objects.requireNonNull(groups.get(first)));
    }

    private void leave(String fromAccount, Group group) {
        groups.remove(fromAccount);
        held -= group.size;
        calls++;
    }

    /** How many calls the accounts so far need. */
    long calls() {
        return calls + groups.size();
    }

    /**
     * How many they would need in the best order; the same as {@link #calls} when there are too many owners to count.
     */
    long fewest() {
        return owners.size() >= MOST_OWNERS
                ? calls()
                : owners.values().stream()
                        .mapToLong(count -> (count + MOST_IN_A_CALL - 1) / MOST_IN_A_CALL)
                        .sum();
    }
}
