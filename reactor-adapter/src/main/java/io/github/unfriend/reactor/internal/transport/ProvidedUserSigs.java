/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.github.unfriend.NotSentException;
import io.github.unfriend.UserSig;
import io.github.unfriend.reactor.UserSigProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** UserSigs of the user's provider, which is asked once for all calls that wait. */
public final class ProvidedUserSigs implements UserSigs {

    private final UserSigProvider provider;
    private final long sdkAppId;
    private final String administrator;
    private final Clock clock;
    private final Duration patience;
    private final Scheduler timers;
    /** Signatures with a smaller number are not used any more. */
    private final AtomicLong least = new AtomicLong();

    private final AtomicReference<Sinks.@Nullable Empty<Void>> asking = new AtomicReference<>();
    private volatile @Nullable Signed latest;

    /**
     * Asks for nothing yet.
     *
     * @param provider who is asked
     * @param clock tells when a signature is to be renewed
     * @param patience how long the provider may take
     * @param timers where that time counts
     */
    public ProvidedUserSigs(UserSigProvider provider, Clock clock, Duration patience, Scheduler timers) {
        this.provider = provider;
        this.sdkAppId = provider.sdkAppId();
        this.administrator = provider.administrator();
        this.clock = clock;
        this.patience = patience;
        this.timers = timers;
    }

    @Override
    public long sdkAppId() {
        return sdkAppId;
    }

    @Override
    public String administrator() {
        return administrator;
    }

    @Override
    public Mono<Void> ready() {
        return usable() == null ? ask() : Mono.empty();
    }

    private @Nullable Signed usable() {
        Signed now = latest;
        return now != null
                        && now.number() >= least.get()
                        && clock.instant().isBefore(now.userSig().expiresAt())
                ? now
                : null;
    }

    @Override
    public Signed current() {
        Signed now = Objects.requireNonNull(latest, "asked before it was ready");
        if (!clock.instant().isBefore(now.renewAt())) {
            ask(); // ahead of its end: this call still goes with the old one
        }
        return now;
    }

    @Override
    public void renew(Signed old) {
        least.accumulateAndGet(old.number() + 1, Math::max);
    }

    @Override
    public void renew() {
        Signed now = latest;
        if (now != null) {
            renew(now);
        }
    }

    /** Asks, unless somebody does already. */
    private Mono<Void> ask() {
        Sinks.Empty<Void> mine = Sinks.empty();
        Sinks.Empty<Void> running = asking.compareAndExchange(null, mine);
        if (running != null) {
            return running.asMono();
        }
        Mono.defer(provider::userSig)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("it gave none")))
                .timeout(patience, timers)
                .subscribe(this::take, error -> answer(mine, error), () -> answer(mine, null));
        return mine.asMono();
    }

    private void take(UserSig userSig) {
        Signed before = latest;
        latest = Signed.of(userSig, before == null ? 0 : before.number() + 1);
    }

    private void answer(Sinks.Empty<Void> asked, @Nullable Throwable error) {
        asking.set(null);
        if (error == null) {
            asked.tryEmitEmpty();
        } else {
            asked.tryEmitError(new NotSentException(
                    "The UserSigProvider gave no UserSig (" + error.getClass().getSimpleName() + ").", error));
        }
    }
}
