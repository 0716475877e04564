/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The {@code unfriend.*} properties of an application. Required are the SDKAppID, the administrator, the secret key and
 * either region or endpoint; the rest has the defaults of {@link io.github.unfriend.reactor.FriendGatewayBuilder}.
 *
 * @param sdkAppId SDKAppID of the app, as the console shows it.
 * @param administrator UserID of an administrator of the app, the identifier of every call.
 * @param secretKey Secret key of the app, as the console shows it. Never logged, and hidden from actuator endpoints.
 * @param region Region in which the SDKAppID was created. Calls go to its primary host, and to its backup host while
 *     the primary cannot be reached.
 * @param endpoint Address that speaks the protocol, instead of a region.
 * @param allowPlainHttp Whether plain http may go to any host. To a loopback address it always may.
 * @param callsPerSecond Most calls of each API in any sliding second, repeated ones included. The vendor's limit is 200
 *     for an SDKAppID: divide it by the number of instances. Ignored when there is a Pacer bean.
 * @param maxConcurrentCalls Most calls of each API under way at once, and so the connections of each API.
 * @param readAhead Most calls of a stream that its subscriber has not asked for yet; as many as
 *     max-concurrent-calls if not set.
 * @param maxHeldAccounts Most elements of a stream that wait for their call, and most single deletions that have no
 *     result yet.
 * @param maxWaitingCalls Most calls of each API that wait for a connection, over all streams.
 * @param callTimeout How long an answer may take, for each attempt.
 * @param callDeadline How long one call may take over its attempts, the waits between them and pauses.
 * @param linger How long an account waits for others of its From_Account while the source is slow.
 * @param userSigLifetime How long a UserSig lives before it is renewed.
 * @param shutdownTimeout How long open streams may go on when the application stops; keep it some seconds under
 *     spring.lifecycle.timeout-per-shutdown-phase.
 * @param retry What failures lead to. Ignored when there is a RetryPolicy bean.
 */
@ConfigurationProperties("unfriend")
public record UnfriendProperties(
        @Nullable Long sdkAppId,
        @Nullable String administrator,
        @Nullable String secretKey,
        @Nullable String region,
        @Nullable URI endpoint,
        @DefaultValue("false") boolean allowPlainHttp,
        @DefaultValue("200") int callsPerSecond,
        @DefaultValue("64") int maxConcurrentCalls,
        @Nullable Integer readAhead,
        @DefaultValue("128000") int maxHeldAccounts,
        @DefaultValue("10000") int maxWaitingCalls,
        @DefaultValue("5s") Duration callTimeout,
        @DefaultValue("10m") Duration callDeadline,
        @DefaultValue("250ms") Duration linger,
        @DefaultValue("24h") Duration userSigLifetime,
        @DefaultValue("20s") Duration shutdownTimeout,
        @DefaultValue Retry retry) {

    /**
     * The figures of the standard retry policy.
     *
     * @param maxAttempts How often an account is sent at most, the first time included.
     * @param baseDelay Most that the first repetition waits; each later one waits up to twice as long.
     * @param maxDelay Most that any repetition waits.
     * @param securityPause How long an API pauses when the security policy of the service objects.
     */
    public record Retry(
            @DefaultValue("8") int maxAttempts,
            @DefaultValue("100ms") Duration baseDelay,
            @DefaultValue("10s") Duration maxDelay,
            @DefaultValue("10s") Duration securityPause) {}

    /** Without the secret key, and without user and password that an address may hold. */
    @Override
    public String toString() {
        return "UnfriendProperties[sdkAppId=" + sdkAppId + ", administrator=" + administrator + ", secretKey="
                + (secretKey == null ? "missing" : "***") + ", region=" + region + ", endpoint="
                + (endpoint == null ? "none" : endpoint.getScheme() + "://" + endpoint.getHost()) + "]";
    }
}
