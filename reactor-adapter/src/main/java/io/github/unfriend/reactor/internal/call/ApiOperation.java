/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.Api;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One API as the gateway sees it: how many accounts fit a call, how the call is written, and how its answer is read.
 * Everything else is the same for both.
 */
public interface ApiOperation {

    /** The API to call. */
    Api api();

    /** The most accounts in one call. */
    int maxBatch();

    /** Why this account cannot be sent, or null. */
    @Nullable
    String problemWith(String fromAccount, String toAccount);

    /** The request body. */
    byte[] write(String fromAccount, List<String> toAccounts);

    /**
     * Reads an answer; throws {@link io.github.unfriend.MalformedAnswerException} if it is none. The To_Accounts are those
     * of the request, in its order.
     */
    OperationResponse read(byte[] answer, String fromAccount, Iterator<String> toAccounts);
}
