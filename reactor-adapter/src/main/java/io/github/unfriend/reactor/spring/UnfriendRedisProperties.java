/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The {@code unfriend.redis.*} properties: one quota for several processes.
 *
 * @param enabled Whether calls are leased from Redis.
 * @param uri Where Redis is, such as redis://host:6379; the RedisClient bean of the application if not set.
 * @param password Password of Redis, if it is not part of the URI. Never logged.
 * @param processes How many processes may run, if there is a fallback.
 * @param fallbackCallsPerSecond Calls a second of each API that this process makes while Redis is away.
 * @param keyPrefix What the names of the keys in Redis begin with.
 */
@ConfigurationProperties("unfriend.redis")
public record UnfriendRedisProperties(
        @DefaultValue("false") boolean enabled,
        @Nullable String uri,
        @Nullable String password,
        @DefaultValue("1") int processes,
        @DefaultValue("0") int fallbackCallsPerSecond,
        @DefaultValue("unfriend") String keyPrefix) {

    /** Without the password, and without a URI that may have one. */
    @Override
    public String toString() {
        return "UnfriendRedisProperties[enabled=" + enabled + ", processes=" + processes + ", fallbackCallsPerSecond="
                + fallbackCallsPerSecond + ", keyPrefix=" + keyPrefix + "]";
    }
}
