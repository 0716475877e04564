/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.Credentials;
import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.Region;
import io.github.unfriend.internal.Endpoints;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.FriendGatewayBuilder;
import io.github.unfriend.reactor.RetryPolicy;
import io.github.unfriend.reactor.RetryPolicyBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Makes a builder from the properties. Goes through all of them before it complains: nobody likes to start ten times. */
final class PropertyReader {

    private static final Logger LOG = Loggers.getLogger("io.github.unfriend.reactor.spring");
    /** Of calls of one API in a second (both API documents). */
    private static final int VENDORS_LIMIT = 200;

    /** A whole value that is one variable. Anything else is taken for what it says. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z0-9_.-]+}");

    private final UnfriendProperties properties;
    private final FriendGatewayBuilder builder = FriendGateway.builder();
    private final List<String> problems = new ArrayList<>();
    /** The application has a pacer of its own. */
    private final boolean isPaced;

    private PropertyReader(UnfriendProperties properties, boolean isPaced) {
        this.properties = properties;
        this.isPaced = isPaced;
    }

    /**
     * Throws {@link UnusablePropertiesException} if something is missing or cannot be right.
     *
     * @param isPaced whether a pacer bean is used, so that the property for the rate means nothing
     */
    static FriendGatewayBuilder builderFrom(UnfriendProperties properties, boolean isPaced) {
        PropertyReader reader = new PropertyReader(properties, isPaced);
        reader.credentials();
        reader.address();
        reader.figures();
        reader.retry();
        return reader.checked();
    }

    /**
     * Figures and retries only, for a gateway whose caller and address somebody else says. Throws {@link
     * UnusablePropertiesException} if one of them cannot be right.
     */
    static FriendGatewayBuilder figuresFrom(UnfriendProperties properties) {
        PropertyReader reader = new PropertyReader(properties, false);
        reader.figures();
        reader.retry();
        return reader.checked();
    }

    private FriendGatewayBuilder checked() {
        if (!problems.isEmpty()) {
            throw new UnusablePropertiesException(problems);
        }
        return builder;
    }

    private void credentials() {
        Long sdkAppId = properties.sdkAppId();
        String administrator = orEmpty(properties.administrator());
        String secretKey = orEmpty(properties.secretKey());
        int before = problems.size();
        // Each of the three is tried beside two good ones, so that every one of them is heard of.
        if (sdkAppId == null) {
            missing("sdk-app-id", "the SDKAppID, which the console shows beside the app's name");
        } else {
            attempt("sdk-app-id", () -> Credentials.of(sdkAppId, "administrator", "key"));
        }
        if (refersToNothing("administrator", administrator)) {
            // said there
        } else if (administrator.isEmpty()) {
            missing("administrator", "the UserID of an administrator set in the console, often \"administrator\"");
        } else {
            attempt("administrator", () -> Credentials.of(1, administrator, "key"));
        }
        if (refersToNothing("secret-key", secretKey)) {
            // said there
        } else if (secretKey.isEmpty()) {
            missing("secret-key", "the secret key, which the console shows on the app's page");
        } else {
            attempt("secret-key", () -> Credentials.of(1, "administrator", secretKey));
        }
        if (sdkAppId != null && problems.size() == before) {
            builder.credentials(Credentials.of(sdkAppId, administrator, secretKey));
        }
    }

    private void address() {
        String region = orEmpty(properties.region());
        URI endpoint = properties.endpoint();
        if (!region.isEmpty() && endpoint != null) {
            problems.add("unfriend.region and unfriend.endpoint are both set: take one of them away.");
        } else if (endpoint != null) {
            attempt("endpoint", () -> Endpoints.check(endpoint, properties.allowPlainHttp()));
            builder.endpoint(endpoint);
        } else if (refersToNothing("region", region)) {
            // said there
        } else if (region.isEmpty()) {
            missing(
                    "region",
                    "the region in which the SDKAppID was created, such as \"singapore\"; or unfriend.endpoint");
        } else {
            attempt("region", () -> builder.region(Region.byName(region)));
        }
        if (properties.allowPlainHttp()) {
            builder.allowPlainHttp();
        }
    }

    private void figures() {
        attempt("calls-per-second", () -> builder.callsPerSecond(properties.callsPerSecond()));
        if (!isPaced && properties.callsPerSecond() > VENDORS_LIMIT) {
            LOG.warn(
                    "unfriend.calls-per-second is {}. The service allows {} calls a second of each API, unless the vendor"
                            + " has raised the limit of this app; it refuses more.",
                    properties.callsPerSecond(),
                    VENDORS_LIMIT);
        }
        attempt("max-concurrent-calls", () -> builder.maxConcurrentCalls(properties.maxConcurrentCalls()));
        Integer readAhead = properties.readAhead();
        if (readAhead != null) {
            attempt("read-ahead", () -> builder.readAhead(readAhead));
        }
        attempt("max-held-accounts", () -> builder.maxHeldAccounts(properties.maxHeldAccounts()));
        attempt("max-waiting-calls", () -> builder.maxWaitingCalls(properties.maxWaitingCalls()));
        attempt("call-timeout", () -> builder.callTimeout(properties.callTimeout()));
        attempt("call-deadline", () -> builder.callDeadline(properties.callDeadline()));
        attempt("linger", () -> builder.linger(properties.linger()));
        attempt("user-sig-lifetime", () -> builder.userSigLifetime(properties.userSigLifetime()));
        if (properties.shutdownTimeout().isNegative()) {
            problems.add("unfriend.shutdown-timeout: must not be negative, but is " + properties.shutdownTimeout());
        }
    }

    private void retry() {
        UnfriendProperties.Retry retry = properties.retry();
        RetryPolicyBuilder policy = RetryPolicy.builder();
        attempt("retry.max-attempts", () -> policy.maxAttempts(retry.maxAttempts()));
        attempt("retry.base-delay", () -> policy.baseDelay(retry.baseDelay()));
        attempt("retry.max-delay", () -> policy.maxDelay(retry.maxDelay()));
        attempt("retry.security-pause", () -> policy.securityPause(retry.securityPause()));
        builder.retry(policy.build());
    }

    /**
     * Boot leaves a placeholder as it is if nothing sets it; as a key it would be refused by the service only. Shows the
     * name of the variable and nothing else of the value, which may be a key.
     */
    private boolean refersToNothing(String name, String value) {
        Matcher variable = VARIABLE.matcher(value);
        if (!variable.matches()) {
            return false;
        }
        problems.add("unfriend." + name + " is " + variable.group()
                + ", and nothing sets that: set it, for example as an environment variable.");
        return true;
    }

    private void missing(String name, String what) {
        problems.add("unfriend." + name + " is missing: " + what + ".");
    }

    private void attempt(String name, Runnable step) {
        try {
            step.run();
        } catch (InvalidRequestException refused) {
            problems.add("unfriend." + name + ": " + refused.getMessage());
        }
    }

    /** A property may be there and blank, such as one that points to an environment variable nobody has set. */
    private static String orEmpty(@Nullable String value) {
        return value == null || value.isBlank() ? "" : value;
    }
}
