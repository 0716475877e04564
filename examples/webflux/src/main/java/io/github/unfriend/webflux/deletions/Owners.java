/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.Friendship;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The From_Accounts of a deletion, to tell which removals reported by the webhook are its own: the webhook names the
 * owner of the list and nothing of the call. Remembers so many and no more; beyond that it takes every removal for its
 * own, which is right while one deletion runs at a time.
 */
final class Owners {

    private static final int REMEMBERED = 100_000;

    private final Set<String> fromAccounts = ConcurrentHashMap.newKeySet();
    private volatile boolean overflown;

    void add(String fromAccount) {
        if (fromAccounts.size() < REMEMBERED) {
            fromAccounts.add(fromAccount);
        } else if (!overflown && !fromAccounts.contains(fromAccount)) {
            overflown = true;
        }
    }

    long countOwn(List<Friendship> removed) {
        if (overflown) {
            return removed.size();
        }
        long own = 0;
        for (Friendship friendship : removed) {
            if (fromAccounts.contains(friendship.fromAccount())) {
                own++;
            }
        }
        return own;
    }
}
