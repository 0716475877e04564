/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.UserSig;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Who calls, and the UserSig in use. For any thread; nothing blocks. */
public interface UserSigs {

    /**
     * One signature.
     *
     * @param userSig the signature itself
     * @param number counts the signatures of this gateway
     * @param renewAt when to get another one, well before its end
     */
    record Signed(UserSig userSig, long number, Instant renewAt) {

        /** The next one of a gateway; to be renewed when nine tenths of its lifetime are over. */
        static Signed of(UserSig userSig, long number) {
            Instant from = userSig.issuedAt();
            long lifetime = userSig.expiresAt().getEpochSecond() - from.getEpochSecond();
            return new Signed(userSig, number, from.plusSeconds(lifetime / 10 * 9));
        }
    }

    /** The app. */
    long sdkAppId();

    /** The administrator who calls. */
    String administrator();

    /** Completes when there is a signature; fails if none can be had. */
    Mono<Void> ready();

    /** The signature for a call that leaves now; to be asked for after {@link #ready}. */
    Signed current();

    /** Replaces a signature that is expired or in doubt, unless somebody has done so meanwhile. */
    void renew(Signed old);

    /** Replaces whatever is in use: the gateway is refused, and this is for its probe. */
    void renew();
}
