/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the batches that a stream of accounts falls into: they are gathered for each From_Account, 1,000 leave as a batch,
 * and when the memory of the gateway is full the fullest group leaves. A fast source is assumed, as a file is one, and calls
 * under way take no room, so that for an input in wild disorder the count is a lower bound. Keeps numbers only, no accounts.
 */
final class BatchModel {

    private static final int MOST_IN_A_CALL = 1000;

    /** From_Accounts whose accounts are counted one by one; with more, the count of the fewest calls is given up. */
    private static final int MOST_OWNERS = 200_000;

    private final long room;
    private final Map<String, Integer> groups = new HashMap<>();
    private final List<Set<String>> bySize = new ArrayList<>();
    private final Map<String, Long> owners = new HashMap<>();
    private int fullest;
    private long held;
    private long calls;

    BatchModel(int concurrency) {
        room = 2L * concurrency * MOST_IN_A_CALL; // as the gateway has it: twice what its calls can carry
        for (int size = 0; size < MOST_IN_A_CALL; size++) {
            bySize.add(new LinkedHashSet<>());
        }
    }

    void add(String fromAccount) {
        if (owners.size() < MOST_OWNERS) {
            owners.merge(fromAccount, 1L, Long::sum);
        }
        int size = groups.merge(fromAccount, 1, Integer::sum);
        held++;
        if (size > 1) {
            bySize.get(size - 1).remove(fromAccount);
        }
        if (size == MOST_IN_A_CALL) {
            leave(fromAccount, size);
        } else {
            bySize.get(size).add(fromAccount);
            fullest = Math.max(fullest, size);
        }
        if (held >= room) {
            leaveFullest();
        }
    }

    private void leaveFullest() {
        while (bySize.get(fullest).isEmpty()) {
            fullest--;
        }
        String first = bySize.get(fullest).iterator().next();
        bySize.get(fullest).remove(first);
        leave(first, fullest);
    }

    private void leave(String fromAccount, int size) {
        groups.remove(fromAccount);
        held -= size;
        calls++;
    }

    /** How many calls the accounts so far need. */
    long calls() {
        return calls + groups.size();
    }

    /** How many they would need in the best order; the same as {@link #calls} when there are too many owners to tell. */
    long fewest() {
        return owners.size() >= MOST_OWNERS
                ? calls()
                : owners.values().stream()
                        .mapToLong(count -> (count + MOST_IN_A_CALL - 1) / MOST_IN_A_CALL)
                        .sum();
    }
}
