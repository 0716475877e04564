/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Given by a {@code UserSigProvider}, or made by {@link Credentials#sign}: a signature that lets one administrator of one app call the service for a time.
 * {@link #toString} masks it. Immutable.
 */
public final class UserSig {
    private static final Pattern ALPHABET = Pattern.compile("[A-Za-z0-9*_-]+");

    private final String value;
    private final Instant issuedAt;
    private final Instant expiresAt;

    UserSig(String value, Instant issuedAt, Instant expiresAt) {
        this.value = value;
        this.issuedAt = issuedAt;
        this.expiresAt = expiresAt;
    }

    /**
     * A signature that was made elsewhere, for example in a sidecar that keeps the key.
     *
     * @param value the secret text
     * @param issuedAt when it was signed
     * @param expiresAt the last second in which the service accepts it
     * @return the signature
     * @throws InvalidRequestException if the text cannot be a UserSig, or it expires before it was signed; never shows it
     */
    public static UserSig of(String value, Instant issuedAt, Instant expiresAt) {
        if (!ALPHABET.matcher(value).matches()) {
            throw new InvalidRequestException(
                    "This is no UserSig: it is empty, or holds other characters than A-Z a-z 0-9 * _ and -.");
        }
        if (!expiresAt.isAfter(issuedAt)) {
            throw new InvalidRequestException(
                    "This UserSig expires at " + expiresAt + " and was signed at " + issuedAt + ".");
        }
        return new UserSig(value, issuedAt, expiresAt);
    }

    /**
     * The secret text, for the {@code usersig} parameter of a URL and nothing else. Its alphabet needs no URL encoding.
     *
     * @return matches {@code [A-Za-z0-9*_-]+}
     */
    public String value() {
        return value;
    }

    /**
     * When it was signed, in whole seconds.
     *
     * @return the {@code TLS.time} inside
     */
    public Instant issuedAt() {
        return issuedAt;
    }

    /**
     * The last second in which the service accepts it. It may end sooner: kicking the account voids all its signatures.
     *
     * @return {@code TLS.time} plus {@code TLS.expire}
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public String toString() {
        return "UserSig[value=***, issuedAt=" + issuedAt + ", expiresAt=" + expiresAt + "]";
    }
}
