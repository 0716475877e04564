/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.internal.UserIds;
import io.github.unfriend.internal.wire.AnswerItem;
import io.github.unfriend.internal.wire.AnswerReader;
import io.github.unfriend.internal.wire.FriendDeleteAllAnswer;
import io.github.unfriend.internal.wire.RequestWriter;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code friend_delete_all}: one From_Account in a call, one answer about it. It travels as a batch of
 * one, whose To_Account is the From_Account.
 *
 * @param type one-way or two-way
 */
public record FriendDeleteAllOperation(DeleteType type) implements ApiOperation {

    @Override
    public Api api() {
        return Api.FRIEND_DELETE_ALL;
    }

    @Override
    public int maxBatch() {
        return 1;
    }

    @Override
    public @Nullable String problemWith(String fromAccount, String toAccount) {
        String problem = UserIds.problemWith(fromAccount);
        return problem == null ? null : "From_Account: " + problem;
    }

    @Override
    public byte[] write(String fromAccount, List<String> toAccounts) {
        return RequestWriter.friendDeleteAll(fromAccount, type);
    }

    @Override
    public OperationResponse read(byte[] answer, String fromAccount, Iterator<String> toAccounts) {
        FriendDeleteAllAnswer read = AnswerReader.friendDeleteAll(answer);
        return new OperationResponse(
                read.ok(),
                read.errorCode(),
                read.errorInfo(),
                read.requestId(),
                new AnswerItems(read.ok() ? List.of(new AnswerItem(fromAccount, 0, read.errorInfo())) : List.of()));
    }
}
