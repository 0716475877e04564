/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.callback;

import io.github.unfriend.CallbackRejectedException;
import io.github.unfriend.Friendship;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.internal.callback.CallbackReader;
import io.github.unfriend.internal.callback.CallbackVerifier;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook receives after a deletion, {@code Sns.CallbackFriendDelete}: friendships that were removed, by a
 * client or by a REST call, each once for every list it left ({@code From_Account} is the owner of the list). {@code
 * friend_delete_all} never fires it. The service does not say when, in which mode or by which account. The order may
 * differ, and a callback may come twice or not at all.
 *
 * <p>In a WebFlux application the adapter's {@code FriendDeleteWebhook} hands them out. On another server,
 * {@link #verify} the query of a request, {@link #read} its body, and give {@link #answer} back.
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
    public static final String COMMAND = CallbackReader.COMMAND;

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
     * Checks that a webhook request comes from the service. The signature does not cover the body, by the vendor's
     * design: offer the webhook over https only.
     *
     * @param query gives the decoded value of a query parameter, or null if there is none
     * @param sdkAppId the own SDKAppID, above 0
     * @param token the token set in the console
     * @param clock what time it is; {@code RequestTime} may be a minute off
     * @throws CallbackRejectedException if the request does not come from the service
     * @throws InvalidRequestException if the SDKAppID or the token cannot be right
     */
    public static void verify(Function<String, @Nullable String> query, long sdkAppId, String token, Clock clock) {
        CallbackVerifier.of(sdkAppId, token, clock).verify(query);
    }

    /**
     * Reads a webhook request. {@link #verify} its query first.
     *
     * @param body the whole body of the HTTP request
     * @param query gives the decoded value of a query parameter, or null if there is none
     * @return the callback
     * @throws CallbackRejectedException if it is no such callback
     */
    public static FriendDeleteCallback read(byte[] body, Function<String, @Nullable String> query) {
        CallbackReader.Content content = CallbackReader.read(body, query.apply("CallbackCommand"));
        String requestId = query.apply("RequestId");
        return new FriendDeleteCallback(
                content.removed(),
                query.apply("OptPlatform"),
                query.apply("ClientIP"),
                requestId == null ? content.requestId() : requestId);
    }

    /**
     * The body to answer with, under HTTP 200. Answer within 2 seconds and do the work afterwards: the service gives up
     * then.
     *
     * @return a new array
     */
    public static byte[] answer() {
        return CallbackReader.answer();
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
