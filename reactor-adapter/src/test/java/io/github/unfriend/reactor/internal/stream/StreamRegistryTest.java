/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.scheduler.Schedulers;

class StreamRegistryTest {

    private static final int ROUNDS = 3_000;

    /** Whoever comes last, the stream that is turned away or the closing: the closing ends. */
    @Tag("promise-7")
    @Test
    @Timeout(120)
    void closingEndsWhenAStreamIsTurnedAwayAtTheSameMoment() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        StreamRegistry.OpenStream late = reason -> {};
        StreamRegistry[] current = new StreamRegistry[1];
        Thread streams = new Thread(() -> {
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    together.await(60, TimeUnit.SECONDS);
                    while (current[0].add(late)) {
                        current[0].remove(late);
                    }
                    together.await(60, TimeUnit.SECONDS);
                }
            } catch (Exception broken) {
                together.reset();
            }
        });
        streams.setDaemon(true);
        streams.start();
        for (int round = 0; round < ROUNDS; round++) {
            StreamRegistry registry = new StreamRegistry();
            current[0] = registry;
            AtomicBoolean closed = new AtomicBoolean();
            together.await(60, TimeUnit.SECONDS);
            registry.refuse(Duration.ofDays(1), Schedulers.parallel()).subscribe(null, null, () -> closed.set(true));
            together.await(60, TimeUnit.SECONDS);
            assertThat(closed).as("round %s", round).isTrue();
        }
        streams.join();
    }
}
