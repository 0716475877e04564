/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.Credentials;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import reactor.core.publisher.Mono;

/**
 * The UserSig in use: signed once, renewed ahead of its end, and replaced at most once for any number of calls that
 * learn it has expired. Lock-free; signing takes microseconds and waits for nothing.
 */
public final class UserSigCache implements UserSigs {

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

    @Override
    public long sdkAppId() {
        return credentials.sdkAppId();
    }

    @Override
    public String administrator() {
        return credentials.administrator();
    }

    @Override
    public Mono<Void> ready() {
        return Mono.empty();
    }

    @Override
    public Signed current() {
        Signed signed = current;
        return clock.instant().isBefore(signed.renewAt()) ? signed : replace(signed);
    }

    @Override
    public void renew() {
        renew(current);
    }

    @Override
    public void renew(Signed expired) {
        // Compared by its number: two signatures of one second have the same text, and the clock may be wrong.
        if (current.number() <= expired.number()) {
            replace(expired);
        }
    }

    private Signed replace(Signed old) {
        CURRENT.compareAndSet(this, old, sign(old.number() + 1));
        return current;
    }

    private Signed sign(long number) {
        return Signed.of(credentials.sign(clock.instant(), lifetime), number);
    }
}
