/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.Api;
import io.github.unfriend.Friendship;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One API as the street sees it: how many accounts fit a call, how the call is written, how its answer is read, and
 * what a result looks like. Everything else is the same for both.
 *
 * @param <R> the type of one result
 */
public interface Work<R> {

    /** The API to call. */
    Api api();

    /** The most accounts in one call. */
    int maxBatch();

    /** Why this account cannot be sent, or null. */
    @Nullable
    String problemWith(Friendship friendship);

    /** The request body. */
    byte[] write(String fromAccount, List<String> toAccounts);

    /** Reads an answer; throws {@link io.github.unfriend.MalformedAnswerException} if it is none. */
    Reply read(byte[] answer, String fromAccount);

    /** One result. */
    R result(String fromAccount, String toAccount, int code, String info);
}
