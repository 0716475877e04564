/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.util.List;
import java.util.Objects;

/**
 * What the gateway answers to a {@link FriendDeleteRequest}: in input order, one item for each distinct account.
 * Immutable.
 *
 * @param fromAccount the owner of the friend list
 * @param items the results; copied
 */
public record DeleteResult(String fromAccount, List<ResultItem> items) {

    /**
     * Copies the items.
     *
     * @param fromAccount the owner of the friend list
     * @param items the results
     */
    public DeleteResult {
        Objects.requireNonNull(fromAccount, "fromAccount");
        items = List.copyOf(items);
    }

    /**
     * The items that ended in one outcome, in their order.
     *
     * @param outcome the outcome wanted
     * @return an unmodifiable list, maybe empty
     */
    public List<ResultItem> itemsWith(Outcome outcome) {
        Objects.requireNonNull(outcome, "outcome");
        return items.stream().filter(item -> item.outcome() == outcome).toList();
    }

    /**
     * Whether the wanted state holds for every account: it was deleted, or was no friend to begin with.
     *
     * @return true if no item failed and none is unknown
     */
    public boolean allGone() {
        return items.stream().allMatch(item -> item.outcome().isGone());
    }
}
