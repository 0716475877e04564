/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.sandbox.Api;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.SandboxOptions;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The switches of the sandbox, as {@link SandboxOptions} has them. */
final class SandboxFlags {

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port on the loopback address (default: any).")
    private int port;

    @Mixin
    private SecretKeyOptions key = new SecretKeyOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "200",
            description = "Calls a second of each API before 60007, 0 for no limit (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--limit-all", paramLabel = "N", description = "Another limit for friend_delete_all.")
    private @Nullable Integer limitAll;

    @Option(names = "--refused-calls-count", description = "Calls refused with 60007 count in the window as well.")
    private boolean refusedCallsCount;

    @Option(
            names = "--latency",
            paramLabel = "TIME[-TIME]",
            converter = Durations.Ranges.class,
            description = "How long each answer takes, such as 20-30ms (default: 0).")
    private Durations.@Nullable Range latency;

    @Option(
            names = "--faults",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Faults, such as reset-before=0.04,code:30006=0.02,item:30006=0.002.")
    private String faults = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Makes latencies and faults repeatable (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--callback", paramLabel = "URL", description = "URL that Sns.CallbackFriendDelete is posted to.")
    private @Nullable String callback;

    @Option(
            names = "--callback-token",
            paramLabel = "TEXT",
            description = "Token that the callback's Sign is made with.")
    private @Nullable String callbackToken;

    @Option(
            names = "--clock-skew",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = Durations.class,
            description = "How far the sandbox's clock is ahead; negative: behind.")
    private Duration clockSkew = Duration.ZERO;

    @Option(
            names = "--lock-after",
            paramLabel = "N",
            defaultValue = "0",
            description = "Failed signatures before 70050 (0: never).")
    private int lockAfter;

    @Option(
            names = "--max-request-bytes",
            paramLabel = "N",
            defaultValue = "1048576",
            description = "Longest request body.")
    private int maxRequestBytes;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = Durations.class,
            description = "How long a connection may be idle before it is closed (default: ${DEFAULT-VALUE}).")
    private Duration idleTimeout = Duration.ofSeconds(60);

    @Option(
            names = "--requests-per-connection",
            paramLabel = "N",
            defaultValue = "0",
            description = "Requests on a connection before it is closed politely (0: no limit).")
    private int requestsPerConnection;

    @Option(
            names = "--event-loops",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of threads that serve.")
    private int eventLoops;

    @Option(names = "--gzip", description = "Compress answers for clients that accept it.")
    private boolean gzip;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Serve https with this certificate chain (PEM).")
    private @Nullable File certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The private key of the certificate (PEM).")
    private @Nullable File privateKey;

    @Option(names = "--no-warm-up", description = "Start at once, with a cold server.")
    private boolean noWarmUp;

    SandboxOptions options(Env env) {
        try {
            var builder = SandboxOptions.builder()
                    .port(port)
                    .administrator(key.admin())
                    .callsPerSecond(limit)
                    .refusedCallsCount(refusedCallsCount)
                    .faultPlan(FaultPlan.parse(faults, seed))
                    .seed(seed)
                    .callback(callback == null ? null : new URI(callback), callbackToken)
                    .clockSkew(clockSkew)
                    .failedChecksBeforeLock(lockAfter)
                    .maxRequestBytes(maxRequestBytes)
                    .idleTimeout(idleTimeout)
                    .maxRequestsPerConnection(requestsPerConnection)
                    .eventLoops(eventLoops)
                    .gzip(gzip)
                    .warmUp(!noWarmUp);
            if (limitAll != null) {
                builder.callsPerSecond(Api.FRIEND_DELETE_ALL, limitAll);
            }
            if (latency != null) {
                builder.latency(latency.least(), latency.most());
            }
            if (key.sdkAppId() != null) {
                builder.sdkAppId(key.sdkAppId());
            }
            String secretKey = key.secretKey(env);
            if (secretKey != null) {
                builder.secretKey(secretKey);
            }
            if ((certificate == null) != (privateKey == null)) {
                throw new BadInputException("Say both --tls-cert and --tls-key, or neither.");
            }
            if (certificate != null) {
                builder.tls(SslContextBuilder.forServer(certificate, privateKey).build());
            }
            return builder.build();
        } catch (IllegalArgumentException | URISyntaxException e) {
            throw new BadInputException(e.getMessage() + ".", e);
        } catch (SSLException e) {
            throw new BadInputException("Certificate and key cannot be used: " + e.getMessage() + ".", e);
        }
    }

    /** Whether it is the dummy key, which may be shown. */
    boolean hasDummyKey(Env env) {
        return key.secretKey(env) == null;
    }
}
