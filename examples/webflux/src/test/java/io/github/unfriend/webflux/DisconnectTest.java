/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.sandbox.Api;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** The browser is closed in the middle. */
@Tag("promise-3")
class DisconnectTest {

    private static final App APP = App.shared();
    private static final int TIMES = 5;

    private static Flux<String> endless() {
        return Flux.range(0, Integer.MAX_VALUE)
                .map(piece -> IntStream.range(0, 300)
                        .mapToObj(line -> "nobody-" + piece + "-" + line / 3 + ",x" + line % 3)
                        .collect(Collectors.joining("\n")));
    }

    /** Its last call as the service sees it; the median, since this machine may be busy with something else. */
    @Test
    void noCallArrivesASecondAfterTheConnectionIsClosed() {
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            assertThat(APP.delete("", endless()).take(300).blockLast(App.PATIENCE))
                    .isNotNull();
            long closed = System.nanoTime();
            App.eventually(() -> Objects.equals(APP.latest().get("state"), "CANCELLED"));
            App.standsStill(() -> APP.sandbox().score().calls());
            long[] arrivals = APP.sandbox().score().arrivals(Api.FRIEND_DELETE);
            delays.add(Math.max(0, arrivals[arrivals.length - 1] - closed));
        }
        Collections.sort(delays);
        assertThat(Duration.ofNanos(delays.get(TIMES / 2))).isLessThan(Duration.ofSeconds(1));
        assertThat(Duration.ofNanos(delays.get(TIMES - 1))).isLessThan(Duration.ofSeconds(5));
    }

    /** Nothing is read from the connection then, since the gateway asks for no more, and there is no result to write. */
    @Test
    void whoLeavesWhileTheServiceKeepsEverybodyWaitingIsNoticed() {
        AtomicInteger lines = new AtomicInteger();
        Disposable reading = APP.delete("", endless()).subscribe(line -> lines.incrementAndGet());
        App.eventually(() -> lines.get() > 0);
        APP.sandbox().misbehave(FaultPlan.script(call -> Fault.none().withDelay(App.PATIENCE)));
        try {
            App.standsStill(() -> APP.sandbox().score().calls());
            long left = System.nanoTime();
            reading.dispose();
            App.eventually(() -> Objects.equals(APP.latest().get("state"), "CANCELLED"));
            assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(App.PATIENCE.dividedBy(3));
        } finally {
            APP.sandbox().misbehave(FaultPlan.none());
        }
    }
}
