/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.callback;

import io.github.unfriend.Friendship;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code Sns.CallbackFriendDelete}: friendships that were removed, by a client or by a REST call, each once for
 * every list it left ({@code From_Account} is the owner of the list). {@code friend_delete_all} never fires it. The
 * service does not say when, in which mode or by which account. The order may differ, and a callback may come twice or
 * not at all.
 *
 * @param removed the removed entries, in the order of {@code PairList}; copied
 * @param optPlatform {@code OptPlatform} of the query: {@code RESTAPI} for calls of the REST API, else the client's
 *     platform
 * @param clientIp {@code ClientIP} of the query
 * @param requestId {@code RequestId} of query or body
 */
public record FriendDeleteCallback(
        List<Friendship> removed,
        @Nullable String optPlatform,
        @Nullable String clientIp,
        @Nullable String requestId) {

    /** The command in query and body. */
    public static final String COMMAND = "Sns.CallbackFriendDelete";

    /**
     * Copies the list.
     *
     * @param removed the removed entries
     * @param optPlatform {@code OptPlatform} of the query: {@code RESTAPI} for calls of the REST API
     * @param clientIp {@code ClientIP} of the query
     * @param requestId {@code RequestId} of query or body
     */
    public FriendDeleteCallback {
        removed = List.copyOf(removed);
    }

    /**
     * Whether a REST call removed them, maybe one of this library.
     *
     * @return true if {@code OptPlatform} is {@code RESTAPI}
     */
    public boolean fromRestApi() {
        return "RESTAPI".equals(optPlatform);
    }
}
