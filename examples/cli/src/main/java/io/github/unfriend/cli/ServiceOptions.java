/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.Credentials;
import io.github.unfriend.Region;
import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.FriendGatewayBuilder;
import io.github.unfriend.reactor.RetryPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the service is called. */
final class ServiceOptions {

    private static final int MOST_CALLS = 10_000;
    private static final int MOST_CONCURRENT = 1_000;
    private static final int MOST_ATTEMPTS = 100;

    @Mixin
    private SecretKeyOptions key = new SecretKeyOptions();

    @Mixin
    private RedisOptions redis = new RedisOptions();

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description = "Data centre of the app: china, singapore, seoul, tokyo, frankfurt, silicon-valley, jakarta.")
    private @Nullable String region;

    @Option(names = "--endpoint", paramLabel = "URL", description = "Any other address, instead of a region.")
    private @Nullable String endpoint;

    @Option(
            names = "--allow-plain-http",
            description = "Lets an http endpoint be another machine: the UserSig travels readable for all.")
    private boolean allowPlainHttp;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Most calls in any second (default: ${DEFAULT-VALUE}, the service's limit for the whole app).")
    private int rate = 200;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "64",
            description = "Most calls under way at once (default: ${DEFAULT-VALUE}).")
    private int concurrency = 64;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            defaultValue = "8",
            description = "How often an account is sent at most (default: ${DEFAULT-VALUE}).")
    private int maxAttempts = 8;

    @Option(
            names = "--call-timeout",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = Durations.class,
            description = "How long an answer may take (default: ${DEFAULT-VALUE}; the service takes up to 3s).")
    private Duration callTimeout = Duration.ofSeconds(5);

    SecretKeyOptions key() {
        return key;
    }

    /** Where the app is, the same for two spellings of one place; empty if the user did not say. */
    String place() {
        if (endpoint == null) {
            return region == null ? "" : Region.byName(region).name();
        }
        URI uri = uri(endpoint);
        if (uri.getScheme() == null || uri.getHost() == null) {
            return endpoint;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean isUsualPort = uri.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT)
                + (uri.getPort() < 0 || isUsualPort ? "" : ":" + uri.getPort());
    }

    int rate() {
        return rate;
    }

    Duration callTimeout() {
        return callTimeout;
    }

    /** Refuses values that cannot be meant; needs no credentials. */
    void check() {
        key.refuseArgument();
        within("--rate", rate, MOST_CALLS);
        within("--concurrency", concurrency, MOST_CONCURRENT);
        within("--max-attempts", maxAttempts, MOST_ATTEMPTS);
        if (callTimeout.isZero() || callTimeout.isNegative() || callTimeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new BadInputException("--call-timeout must be more than 0 and at most 1h.");
        }
        if (region != null && endpoint != null) {
            throw new BadInputException("Say either --region or --endpoint, not both.");
        }
        if (region != null) {
            Region.byName(region);
        }
    }

    private static void within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new BadInputException(option + " must be 1 to " + most + ", not " + value + ".");
        }
    }

    /**
     * A gateway to the service, with a pacer that is not closed with it. The timer of the gateway's own pacer would run
     * on the event loop, and answers to calls of 1,000 accounts keep that busy. On a thread of its own the timer is on
     * time.
     */
    FriendGateway gateway(Env env) {
        Credentials credentials = key.credentials(env);
        FriendGatewayBuilder builder = FriendGateway.builder()
                .credentials(credentials)
                .pacer(redis.pacer(env, credentials.sdkAppId(), rate))
                .maxConcurrentCalls(concurrency)
                .callTimeout(callTimeout)
                .retry(RetryPolicy.builder().maxAttempts(maxAttempts).build());
        if (allowPlainHttp) {
            builder.allowPlainHttp();
        }
        if (endpoint != null) {
            builder.endpoint(uri(endpoint));
        } else if (region != null) {
            builder.region(Region.byName(region));
        } else {
            throw new BadInputException("Say where the app is: --region NAME, or --endpoint URL.");
        }
        return builder.build();
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new BadInputException(
                    "The --endpoint is no URL; it looks like https://host or https://host:port.", e);
        }
    }
}
