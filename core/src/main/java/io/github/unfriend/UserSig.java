/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend;

import java.time.Instant;

/**
 * What {@link Credentials#sign} makes: a signature that lets one administrator of one app call the service for a time.
 * {@link #toString} masks it. Immutable.
 */
public final class UserSig {
    private final String value;
    private final Instant issuedAt;
    private final Instant expiresAt;

    UserSig(String value, Instant issuedAt, Instant expiresAt) {
        this.value = value;
        this.issuedAt = issuedAt;
        this.expiresAt = expiresAt;
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
