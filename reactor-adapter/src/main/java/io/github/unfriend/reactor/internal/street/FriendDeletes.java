/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.UserIds;
import io.github.unfriend.wire.AnswerReader;
import io.github.unfriend.wire.FriendDeleteAnswer;
import io.github.unfriend.wire.RequestWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code friend_delete}: up to 1,000 To_Accounts of one From_Account in a call, an answer about each.
 *
 * @param type one-way or two-way
 */
public record FriendDeletes(DeleteType type) implements Work<ResultItem> {

    @Override
    public Api api() {
        return Api.FRIEND_DELETE;
    }

    @Override
    public int maxBatch() {
        return RequestWriter.MAX_TO_ACCOUNTS;
    }

    @Override
    public @Nullable String problemWith(Friendship friendship) {
        String problem = UserIds.problemWith(friendship.fromAccount());
        if (problem != null) {
            return "From_Account: " + problem;
        }
        problem = UserIds.problemWith(friendship.toAccount());
        if (problem != null) {
            return "To_Account: " + problem;
        }
        // What the service does with it is documented nowhere, and nobody is a friend of their own.
        return friendship.fromAccount().equals(friendship.toAccount()) ? "To_Account is the From_Account itself" : null;
    }

    @Override
    public byte[] write(String fromAccount, List<String> toAccounts) {
        return RequestWriter.friendDelete(fromAccount, type, toAccounts);
    }

    @Override
    public Reply read(byte[] answer, String fromAccount) {
        FriendDeleteAnswer read = AnswerReader.friendDelete(answer);
        return Reply.ofItems(read.ok(), read.errorCode(), read.errorInfo(), read.requestId(), read.items());
    }

    @Override
    public ResultItem result(String fromAccount, String toAccount, int code, String info) {
        return new ResultItem(fromAccount, toAccount, code, info);
    }
}
