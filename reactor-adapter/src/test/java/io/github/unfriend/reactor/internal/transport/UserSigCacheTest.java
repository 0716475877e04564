/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Credentials;
import io.github.unfriend.reactor.SettableClock;
import io.github.unfriend.reactor.internal.transport.UserSigs.Signed;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UserSigCacheTest {

    private static final Credentials CREDENTIALS = Credentials.of(1400000000L, "administrator", "a-key");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final SettableClock clock = new SettableClock(BEGIN);
    private final UserSigCache signatures = new UserSigCache(CREDENTIALS, clock, Duration.ofHours(10));

    @Tag("promise-4")
    @Test
    void signsOnceAndAgainAheadOfTheEnd() {
        Signed first = signatures.current();
        clock.set(BEGIN.plus(Duration.ofHours(8)));
        assertThat(signatures.current()).isSameAs(first);
        Instant ahead = BEGIN.plus(Duration.ofHours(9));
        clock.set(ahead);
        Signed second = signatures.current();
        assertThat(second.number()).isEqualTo(1);
        assertThat(second.userSig().issuedAt()).isEqualTo(ahead);
        assertThat(signatures.current()).isSameAs(second);
    }

    @Tag("promise-4")
    @Tag("promise-5")
    @Test
    void renewsOnceForManyThatFoundTheSameOneExpired() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            Signed expired = signatures.current();
            Set<Long> seen = ConcurrentHashMap.newKeySet();
            CountDownLatch start = new CountDownLatch(1);
            Thread[] threads = new Thread[4];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = new Thread(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException interrupted) {
                        return;
                    }
                    signatures.renew(expired);
                    seen.add(signatures.current().number());
                });
                threads[i].start();
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(seen).containsExactly(expired.number() + 1);
        }
    }

    @Test
    void renewsEvenWhenTheClockStandsStillOrRunsBackwards() {
        Signed expired = signatures.current();
        signatures.renew(expired);
        assertThat(signatures.current().number()).isEqualTo(expired.number() + 1);
        Instant back = BEGIN.minus(Duration.ofDays(3));
        clock.set(back);
        Signed second = signatures.current();
        signatures.renew(second);
        assertThat(signatures.current().userSig().issuedAt()).isEqualTo(back);
    }
}
