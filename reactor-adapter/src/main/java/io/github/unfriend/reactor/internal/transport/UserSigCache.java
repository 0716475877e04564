/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.Credentials;
import io.github.unfriend.UserSig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * The UserSig in use: signed once, renewed ahead of its end, and replaced at most once for any number of calls that
 * learn it has expired. Lock-free; signing takes microseconds and waits for nothing.
 */
public final class UserSigCache {

    private static final AtomicReferenceFieldUpdater<UserSigCache, Signed> CURRENT =
            AtomicReferenceFieldUpdater.newUpdater(UserSigCache.class, Signed.class, "current");

    private final Credentials credentials;
    private final Clock clock;
    private final Duration lifetime;
    private volatile Signed current;

    /**
     * Signs at once, on the caller's thread: the classes of the signature are loaded before the first call.
     *
     * @param credentials who signs
     * @param clock where the time comes from
     * @param lifetime how long a signature lives; the vendor recommends a day at least
     */
    public UserSigCache(Credentials credentials, Clock clock, Duration lifetime) {
        this.credentials = credentials;
        this.clock = clock;
        this.lifetime = lifetime;
        this.current = sign(0);
    }

    /** The signature for a call that leaves now. */
    Signed current() {
        Signed signed = current;
        return clock.instant().isBefore(signed.renewAt) ? signed : replace(signed);
    }

    /** Replaces a signature that the service calls expired, unless somebody has done so meanwhile. */
    public void renew(Signed expired) {
        // Compared by its number: two signatures of one second have the same text, and the clock may be wrong.
        if (current.number <= expired.number) {
            replace(expired);
        }
    }

    Credentials credentials() {
        return credentials;
    }

    private Signed replace(Signed old) {
        CURRENT.compareAndSet(this, old, sign(old.number + 1));
        return current;
    }

    private Signed sign(long number) {
        Instant now = clock.instant();
        return new Signed(
                credentials.sign(now, lifetime),
                number,
                now.plus(lifetime.dividedBy(10).multipliedBy(9)));
    }

    /**
     * One signature.
     *
     * @param userSig the signature itself
     * @param number counts the signatures of this gateway
     * @param renewAt when to sign anew, well before its end
     */
    public record Signed(UserSig userSig, long number, Instant renewAt) {}
}
