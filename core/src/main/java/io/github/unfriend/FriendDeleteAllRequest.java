/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import io.github.unfriend.internal.UserIds;
import java.util.Objects;

/**
 * Given to {@code FriendGateway.deleteAll} to delete all friends of one account, standard and custom friend data alike
 * (friend_delete_all document). The service names no single friend in its answer and fires no webhook.
 *
 * @param fromAccount the account whose friend list is emptied; a valid UserID
 * @param deleteType one-way or two-way
 */
public record FriendDeleteAllRequest(String fromAccount, DeleteType deleteType) {

    /**
     * Checks the account.
     *
     * @param fromAccount the account whose friend list is emptied
     * @param deleteType one-way or two-way
     * @throws InvalidRequestException if the From_Account is no valid UserID
     */
    public FriendDeleteAllRequest {
        UserIds.requireFromAccount(fromAccount);
        Objects.requireNonNull(deleteType, "deleteType");
    }
}
