/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a sandbox behaves from its start. Immutable; made by {@link #builder()}. */
public final class SandboxOptions {

    /** The default SDKAppID of a sandbox. */
    public static final long SDK_APP_ID = 1400000000L;

    /** The default app administrator of a sandbox. */
    public static final String ADMINISTRATOR = "administrator";

    /** The default secret key of a sandbox: a dummy that protects nothing. */
    public static final String SECRET_KEY = "sandbox-key-for-tests-and-demos-it-protects-nothing";

    private final Settings values;

    SandboxOptions(Settings values) {
        this.values = values;
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder
     */
    public static SandboxOptionsBuilder builder() {
        return new SandboxOptionsBuilder(new Settings());
    }

    /**
     * The defaults: any port, 200 calls a second, no faults, answers without delay.
     *
     * @return the options
     */
    public static SandboxOptions defaults() {
        return builder().build();
    }

    /**
     * A builder with these values, to change some.
     *
     * @return a builder
     */
    public SandboxOptionsBuilder toBuilder() {
        return new SandboxOptionsBuilder(new Settings(values));
    }

    int port() {
        return values.port;
    }

    long sdkAppId() {
        return values.sdkAppId;
    }

    String administrator() {
        return values.administrator;
    }

    String secretKey() {
        return values.secretKey;
    }

    int callsPerSecond(Api api) {
        return values.callsPerSecond.getOrDefault(api, 200);
    }

    boolean refusedCallsCount() {
        return values.refusedCallsCount;
    }

    Clock clock() {
        return values.clock;
    }

    Duration clockSkew() {
        return values.clockSkew;
    }

    @Nullable
    URI callbackUrl() {
        return values.callbackUrl;
    }

    @Nullable
    String callbackToken() {
        return values.callbackToken;
    }

    Latency latency() {
        return values.latency;
    }

    long seed() {
        return values.seed;
    }

    FaultPlan faultPlan() {
        return values.faultPlan;
    }

    int maxRequestBytes() {
        return values.maxRequestBytes;
    }

    @Nullable
    SslContext tls() {
        return values.tls;
    }

    Duration idleTimeout() {
        return values.idleTimeout;
    }

    int maxRequestsPerConnection() {
        return values.maxRequestsPerConnection;
    }

    int eventLoops() {
        return values.eventLoops;
    }

    int failedChecksBeforeLock() {
        return values.failedChecksBeforeLock;
    }

    boolean gzip() {
        return values.gzip;
    }

    boolean warmUp() {
        return values.warmUp;
    }

    /** Shows neither the key nor the callback token. */
    @Override
    public String toString() {
        return "SandboxOptions[port=" + port() + ", sdkAppId=" + sdkAppId() + ", administrator=" + administrator()
                + "]";
    }
}
