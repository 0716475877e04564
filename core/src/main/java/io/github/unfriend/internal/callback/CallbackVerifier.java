/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.internal.callback;

import io.github.unfriend.CallbackRejectedException;
import io.github.unfriend.CallbackRejectedException.Reason;
import io.github.unfriend.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a webhook request comes from the service (callback configuration document, "authentication"):
 * {@code Sign} is the lower-case hex SHA-256 of token and {@code RequestTime}, the time is at most a minute off, the
 * {@code SdkAppid} is the own one. The body is not covered by the signature, by the vendor's design: offer the webhook
 * over https only.
 *
 * <p>Immutable; any thread; never blocks. The token shows in no message and no {@code toString}.
 */
public final class CallbackVerifier {
    /** How far {@code RequestTime} may be off by the vendor's rule. */
    private static final Duration ALLOWED_SKEW = Duration.ofMinutes(1);

    private static final Pattern UNIX_SECONDS = Pattern.compile("[0-9]{1,12}");

    private final String sdkAppId;
    private final String token;
    private final Clock clock;

    private CallbackVerifier(long sdkAppId, String token, Clock clock) {
        this.sdkAppId = Long.toString(sdkAppId);
        this.token = token;
        this.clock = clock;
    }

    /**
     * A verifier of requests for one app.
     *
     * @param sdkAppId the own SDKAppID, above 0
     * @param token the token set in the console
     * @param clock what time it is
     * @return the verifier
     * @throws InvalidRequestException if the SDKAppID or the token cannot be right
     */
    public static CallbackVerifier of(long sdkAppId, String token, Clock clock) {
        if (sdkAppId <= 0) {
            throw new InvalidRequestException("The SDKAppID must be above 0, not " + sdkAppId + ".");
        }
        if (token.isBlank()) {
            throw new InvalidRequestException(
                    "The token of the callback is empty. Set one in the console: without it anyone"
                            + " could call the webhook.");
        }
        return new CallbackVerifier(sdkAppId, token, Objects.requireNonNull(clock, "clock"));
    }

    /**
     * Checks the query of a webhook request.
     *
     * @param query gives the decoded value of a query parameter, or null if there is none; asked for {@code SdkAppid},
     *     {@code RequestTime} and {@code Sign}
     * @throws CallbackRejectedException if the request does not come from the service
     */
    public void verify(Function<String, @Nullable String> query) {
        verify(query.apply("SdkAppid"), query.apply("RequestTime"), query.apply("Sign"));
    }

    /**
     * Checks the three query parameters.
     *
     * @param requestSdkAppid {@code SdkAppid}, spelt like this by the service
     * @param requestTime {@code RequestTime} in Unix seconds
     * @param sign {@code Sign}
     * @throws CallbackRejectedException if the request does not come from the service
     */
    public void verify(@Nullable String requestSdkAppid, @Nullable String requestTime, @Nullable String sign) {
        String appId = present("SdkAppid", requestSdkAppid);
        String time = present("RequestTime", requestTime);
        String signature = present("Sign", sign);
        if (!UNIX_SECONDS.matcher(time).matches()) {
            throw new CallbackRejectedException(
                    Reason.MISSING_PARAMETER, "RequestTime of the callback is no time in Unix seconds.");
        }
        // In constant time: an early exit would tell an attacker how much of a guess is right.
        if (!MessageDigest.isEqual(
                sign(token, time).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8))) {
            throw new CallbackRejectedException(
                    Reason.WRONG_SIGN,
                    "Sign of the callback does not fit. Does the token equal the one in the console?");
        }
        Duration skew = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), clock.instant())
                .abs();
        if (skew.compareTo(ALLOWED_SKEW) > 0) {
            throw new CallbackRejectedException(
                    Reason.WRONG_TIME,
                    "RequestTime of the callback is " + skew.toSeconds() + " s off, " + ALLOWED_SKEW.toSeconds()
                            + " s are allowed. Is the clock right?");
        }
        if (!sdkAppId.equals(appId)) {
            throw new CallbackRejectedException(Reason.WRONG_APP, "The callback is for another SDKAppID.");
        }
    }

    private static String present(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new CallbackRejectedException(
                    Reason.MISSING_PARAMETER,
                    name + " of the callback is missing. Is authentication switched on in the console?");
        }
        return value;
    }

    private static String sign(String token, String requestTime) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest((token + requestTime).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public String toString() {
        return "CallbackVerifier[sdkAppId=" + sdkAppId + ", token=***]";
    }
}
