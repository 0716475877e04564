/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values behind {@link SandboxOptions} and its builder. */
final class Settings {

    int port;
    long sdkAppId = SandboxOptions.SDK_APP_ID;
    String administrator = SandboxOptions.ADMINISTRATOR;
    String secretKey = SandboxOptions.SECRET_KEY;
    Map<Api, Integer> callsPerSecond = new EnumMap<>(Api.class);
    boolean refusedCallsCount;
    Clock clock = Clock.systemUTC();
    Duration clockSkew = Duration.ZERO;

    @Nullable
    URI callbackUrl;

    @Nullable
    String callbackToken;

    Latency latency = Latency.NONE;
    long seed = 1;
    FaultPlan faultPlan = FaultPlan.none();
    int maxRequestBytes = 1 << 20;

    @Nullable
    SslContext tls;

    Duration idleTimeout = Duration.ofSeconds(60);
    int maxRequestsPerConnection;
    int eventLoops = 1;
    int failedChecksBeforeLock;
    boolean gzip;
    boolean warmUp = true;

    Settings() {}

    Settings(Settings other) {
        port = other.port;
        sdkAppId = other.sdkAppId;
        administrator = other.administrator;
        secretKey = other.secretKey;
        callsPerSecond = new EnumMap<>(other.callsPerSecond);
        refusedCallsCount = other.refusedCallsCount;
        clock = other.clock;
        clockSkew = other.clockSkew;
        callbackUrl = other.callbackUrl;
        callbackToken = other.callbackToken;
        latency = other.latency;
        seed = other.seed;
        faultPlan = other.faultPlan;
        maxRequestBytes = other.maxRequestBytes;
        tls = other.tls;
        idleTimeout = other.idleTimeout;
        maxRequestsPerConnection = other.maxRequestsPerConnection;
        eventLoops = other.eventLoops;
        failedChecksBeforeLock = other.failedChecksBeforeLock;
        gzip = other.gzip;
        warmUp = other.warmUp;
    }
}
