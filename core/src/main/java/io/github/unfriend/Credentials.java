/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import io.github.unfriend.internal.Texts;
import io.github.unfriend.internal.UserIds;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Given to the builder of a gateway, which needs them to call the service: the app, one of its administrators, and the
 * app's secret key. {@link #toString} and all messages mask the key. Immutable and thread-safe.
 */
public final class Credentials {
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(50L * 365);

    private final long sdkAppId;
    private final String administrator;
    private final String secretKey;

    private Credentials(long sdkAppId, String administrator, String secretKey) {
        this.sdkAppId = sdkAppId;
        this.administrator = administrator;
        this.secretKey = secretKey;
    }

    /**
     * Checks and keeps the three.
     *
     * @param sdkAppId the SDKAppID of the app, above 0
     * @param administrator the UserID of an administrator of the app, the {@code identifier} of every call
     * @param secretKey the secret key of the app, as the console shows it
     * @return the credentials
     * @throws InvalidRequestException if one of them cannot be right; never shows the key
     */
    public static Credentials of(long sdkAppId, String administrator, String secretKey) {
        if (sdkAppId <= 0) {
            throw new InvalidRequestException(
                    "The SDKAppID must be above 0, not " + sdkAppId + ". The console shows it beside the app's name.");
        }
        String problem = UserIds.problemWith(administrator);
        if (problem != null) {
            throw new InvalidRequestException("The administrator is no valid account: " + problem
                    + ". Give the UserID of an administrator set in the console.");
        }
        // A variable that is not set is null, whatever the signature says.
        if (secretKey == null || secretKey.isBlank()) {
            throw new InvalidRequestException(
                    "The secret key is missing or empty. The console shows it on the app's page.");
        }
        if (!secretKey.strip().equals(secretKey) || secretKey.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequestException(
                    "The secret key has a space or a line break around or inside it, maybe from"
                            + " the file it was read from. Give the key alone.");
        }
        if (Texts.hasHalfCharacter(secretKey)) {
            throw new InvalidRequestException("The secret key holds half a character. Read it again as UTF-8.");
        }
        return new Credentials(sdkAppId, administrator, secretKey);
    }

    /**
     * The SDKAppID.
     *
     * @return above 0; may be larger than an int
     */
    public long sdkAppId() {
        return sdkAppId;
    }

    /**
     * The administrator who calls, the {@code identifier} of every call.
     *
     * @return a valid UserID
     */
    public String administrator() {
        return administrator;
    }

    /**
     * Makes a UserSig. Takes some 20 microseconds and never blocks; any thread may call it.
     *
     * @param now when it shall count from; cut to the second
     * @param lifetime how long it shall count, from one second to 50 years; cut to the second. The vendor asks for at
     *     least 24 hours
     * @return a new signature
     * @throws InvalidRequestException if the lifetime is out of range, or the clock says a time before 1970
     */
    public UserSig sign(Instant now, Duration lifetime) {
        if (lifetime.toSeconds() < 1 || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
            throw new InvalidRequestException(
                    "A UserSig lives from one second to 50 years, not " + lifetime + ". 24 hours is a good choice.");
        }
        long time = now.getEpochSecond();
        if (time < 0) {
            throw new InvalidRequestException("The clock says " + now + ", no time to sign for. Correct the clock.");
        }
        long expire = lifetime.toSeconds();
        String value = UserSigAlgorithm.sign(secretKey, sdkAppId, administrator, time, expire);
        Instant issuedAt = Instant.ofEpochSecond(time);
        return new UserSig(value, issuedAt, issuedAt.plusSeconds(expire));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Credentials that
                && sdkAppId == that.sdkAppId
                && administrator.equals(that.administrator)
                && secretKey.equals(that.secretKey);
    }

    // Without the key: a hash is easily logged.
    @Override
    public int hashCode() {
        return Objects.hash(sdkAppId, administrator);
    }

    @Override
    public String toString() {
        return "Credentials[sdkAppId=" + sdkAppId + ", administrator=" + administrator + ", secretKey=***]";
    }
}
