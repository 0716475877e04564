/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.internal.UserIds;
import io.github.unfriend.internal.wire.AnswerReader;
import io.github.unfriend.internal.wire.FriendDeleteAnswer;
import io.github.unfriend.internal.wire.RequestWriter;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code friend_delete}: up to 1,000 To_Accounts of one From_Account in a call, an answer about each.
 *
 * @param type one-way or two-way
 */
public record FriendDeleteOperation(DeleteType type) implements ApiOperation {

    @Override
    public Api api() {
        return Api.FRIEND_DELETE;
    }

    @Override
    public int maxBatch() {
        return RequestWriter.MAX_TO_ACCOUNTS;
    }

    @Override
    public @Nullable String problemWith(String fromAccount, String toAccount) {
        String problem = UserIds.problemWith(fromAccount);
        if (problem != null) {
            return "From_Account: " + problem;
        }
        problem = UserIds.problemWith(toAccount);
        if (problem != null) {
            return "To_Account: " + problem;
        }
        // What the service does with it is documented nowhere, and nobody is a friend of their own.
        return fromAccount.equals(toAccount) ? "To_Account is the From_Account itself" : null;
    }

    @Override
    public byte[] write(String fromAccount, List<String> toAccounts) {
        return RequestWriter.friendDelete(fromAccount, type, toAccounts);
    }

    @Override
    public OperationResponse read(byte[] answer, String fromAccount, Iterator<String> toAccounts) {
        FriendDeleteAnswer read = AnswerReader.friendDelete(answer, toAccounts);
        return new OperationResponse(
                read.ok(), read.errorCode(), read.errorInfo(), read.requestId(), new AnswerItems(read.items()));
    }
}
