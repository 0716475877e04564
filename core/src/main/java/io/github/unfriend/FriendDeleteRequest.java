/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import io.github.unfriend.internal.UserIds;
import java.util.List;
import java.util.Objects;

/**
 * Given to {@code FriendGateway.delete} to delete named friends of one account. The list may have any length from 1
 * on; whoever sends it splits it into calls of at most 1,000 accounts (friend_delete document). Accounts that are
 * empty or too long are not refused here: they fail one by one, so that one bad line does not cost the others.
 * Immutable.
 *
 * @param fromAccount the account whose friends are deleted; a valid UserID
 * @param deleteType one-way or two-way
 * @param toAccounts the friends to delete, at least one; copied; duplicates are allowed and sent once
 */
public record FriendDeleteRequest(String fromAccount, DeleteType deleteType, List<String> toAccounts) {

    /**
     * Checks and copies.
     *
     * @param fromAccount the account whose friends are deleted
     * @param deleteType one-way or two-way
     * @param toAccounts the friends to delete
     * @throws InvalidRequestException if the From_Account is no valid UserID or the list is empty or holds a null
     */
    public FriendDeleteRequest {
        UserIds.requireFromAccount(fromAccount);
        Objects.requireNonNull(deleteType, "deleteType");
        if (toAccounts.isEmpty()) {
            throw new InvalidRequestException("To_Account is empty: name at least one friend to delete.");
        }
        int index = 0;
        for (String toAccount : toAccounts) {
            if (toAccount == null) {
                throw new InvalidRequestException("To_Account[" + index + "] is null: leave it out of the list.");
            }
            index++;
        }
        toAccounts = List.copyOf(toAccounts);
    }
}
