/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.ErrorCode;
import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.HttpRefusalException;
import io.github.unfriend.UnfinishedException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("promise-5")
class RefusalLatchTest {

    private static final long INTERVAL = Duration.ofSeconds(30).toNanos();
    private final UnfinishedException refusal =
            new FatalRefusalException(Api.FRIEND_DELETE, ErrorCode.of(70009), "", null, 0);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // a clock of nanoseconds may run over
    private final RefusalLatch latch = new RefusalLatch(Duration.ofSeconds(30), now::get);
    private final Object one = "one";
    private final Object other = "other";

    @Test
    void nothingIsRefusedAtFirst() {
        assertThat(latch.enter(one)).isNull();
        assertThat(latch.isProbe(one)).isFalse();
        assertThat(latch.latest()).isNull();
        assertThat(latch.refusesNewStreams()).isNull();
    }

    @Test
    void afterARefusalNothingLeavesUntilAProbeIsDue() {
        assertThat(latch.refused(one, refusal)).isTrue();
        now.addAndGet(INTERVAL - 1);
        assertThat(latch.enter(one)).isSameAs(refusal);
        assertThat(latch.refusesNewStreams()).isSameAs(refusal);
        now.addAndGet(1);
        assertThat(latch.refusesNewStreams()).isNull();
        assertThat(latch.enter(one)).isNull();
        assertThat(latch.isProbe(one)).isTrue();
        assertThat(latch.enter(one)).as("it asks again before it is written").isNull();
        assertThat(latch.enter(other)).isSameAs(refusal);
        assertThat(latch.refusesNewStreams()).isSameAs(refusal);
        assertThat(latch.latest()).isSameAs(refusal);
    }

    @Test
    void onlyTheSuccessOfTheProbeLiftsIt() {
        probing();
        latch.accepted(other);
        assertThat(latch.enter(other)).isSameAs(refusal);
        latch.accepted(one);
        assertThat(latch.enter(other)).isNull();
        assertThat(latch.latest()).isNull();
    }

    @Test
    void aProbeThatIsCancelledOrTimesOutFreesTheTurn() {
        probing();
        latch.left(other);
        assertThat(latch.enter(other)).isSameAs(refusal);
        latch.left(one);
        assertThat(latch.enter(other)).isNull();
        assertThat(latch.isProbe(other)).isTrue();
        latch.accepted(one); // its answer came too late to speak for anybody
        assertThat(latch.latest()).isSameAs(refusal);
    }

    @Test
    void aProbeThatIsRefusedBeginsAnew() {
        probing();
        latch.refused(one, refusal);
        latch.left(one);
        assertThat(latch.enter(other)).isSameAs(refusal);
        now.addAndGet(INTERVAL);
        assertThat(latch.enter(other)).isNull();
    }

    @Test
    void aCallThatLeftBeforeTheRefusalHasNoWordWhileThereIsAProbe() {
        probing();
        assertThat(latch.refused(other, refusal)).as("whether all streams end").isFalse();
        latch.accepted(one);
        assertThat(latch.latest()).isNull();
    }

    @Test
    void anHttpStatusRefusesWhenTwoBatchesMetIt() {
        HttpRefusalException status = new HttpRefusalException(Api.FRIEND_DELETE, 404, "host", 0);
        assertThat(latch.refused(one, status)).isFalse();
        assertThat(latch.enter(one)).isNull();
        latch.accepted(one);
        assertThat(latch.refused(one, status))
                .as("the service has answered in between")
                .isFalse();
        assertThat(latch.refused(one, status)).isTrue();
        assertThat(latch.enter(one)).isSameAs(status);
    }

    @Test
    void oneOfManyThreadsIsTheProbe() throws InterruptedException {
        latch.refused(one, refusal);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 200; round++) {
                now.addAndGet(INTERVAL);
                AtomicInteger probes = new AtomicInteger();
                AtomicReference<Object> probe = new AtomicReference<>();
                CountDownLatch done = new CountDownLatch(8);
                for (int i = 0; i < 8; i++) {
                    threads.execute(() -> {
                        Object call = new Object();
                        if (latch.enter(call) == null) {
                            probes.incrementAndGet();
                            probe.set(call);
                        }
                        done.countDown();
                    });
                }
                assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(probes).hasValue(1);
                latch.refused(Objects.requireNonNull(probe.get()), refusal);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void probing() {
        latch.refused(one, refusal);
        now.addAndGet(INTERVAL);
        assertThat(latch.enter(one)).isNull();
    }
}
