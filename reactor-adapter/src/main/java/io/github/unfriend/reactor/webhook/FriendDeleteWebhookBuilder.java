/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.webhook;

import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.internal.callback.CallbackVerifier;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Made by {@link FriendDeleteWebhook#builder()} to build a webhook; {@link #sdkAppId} and {@link #token} are required.
 * Not thread-safe.
 */
public final class FriendDeleteWebhookBuilder {

    private long sdkAppId;
    private @Nullable String token;
    private Clock clock = Clock.systemUTC();
    private int maxBodyBytes = 1 << 20;
    private int buffer = 1024;

    FriendDeleteWebhookBuilder() {}

    /**
     * The own app; callbacks for others are turned away. Required.
     *
     * @param value the SDKAppID
     * @return this builder
     */
    public FriendDeleteWebhookBuilder sdkAppId(long value) {
        this.sdkAppId = value;
        return this;
    }

    /**
     * The token that is set in the console, with which the service signs. Required: without it anybody could call.
     *
     * @param value the token; shows in no message and no {@code toString}
     * @return this builder
     */
    public FriendDeleteWebhookBuilder token(String value) {
        this.token = Objects.requireNonNull(value, "token");
        return this;
    }

    /**
     * The clock that {@code RequestTime} is compared with; it may be a minute off. Default: the clock of the system.
     *
     * @param value any clock
     * @return this builder
     */
    public FriendDeleteWebhookBuilder clock(Clock value) {
        this.clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * The longest body. A thousand pairs with the longest UserIDs have a tenth of the default. Default: 1 MiB.
     *
     * @param bytes at least 1
     * @return this builder
     */
    public FriendDeleteWebhookBuilder maxBodyBytes(int bytes) {
        this.maxBodyBytes = positive(bytes, "maxBodyBytes");
        return this;
    }

    /**
     * How many callbacks may wait for each subscriber. Default: 1,024, five seconds of calls at the full rate.
     *
     * @param callbacks at least 1
     * @return this builder
     */
    public FriendDeleteWebhookBuilder buffer(int callbacks) {
        this.buffer = positive(callbacks, "buffer");
        return this;
    }

    /**
     * Builds the webhook.
     *
     * @return a webhook; to be routed to
     * @throws InvalidRequestException if the SDKAppID or the token is missing
     */
    public FriendDeleteWebhook build() {
        verifier();
        return new FriendDeleteWebhook(this);
    }

    CallbackVerifier verifier() {
        if (token == null) {
            throw new InvalidRequestException(
                    "The token of the webhook is missing: say .token(…) with the one that is set in the console.");
        }
        return CallbackVerifier.of(sdkAppId, token, clock);
    }

    int maxBodyBytes() {
        return maxBodyBytes;
    }

    int buffer() {
        return buffer;
    }

    private static int positive(int value, String name) {
        if (value < 1) {
            throw new InvalidRequestException(name + " must be at least 1, but is " + value);
        }
        return value;
    }
}
