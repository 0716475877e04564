/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.Callers.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.OverloadedException;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** Many threads at one pacer on real time: acquiring, cancelling, writing, answering, giving back. The sum is right. */
@Tag("promise-2")
class PacerStressTest {

    private static final int THREADS = 8;
    private static final int CALLERS_A_THREAD = 2_000;
    private static final int MOST_WAITING = 1_000;

    private final Pacer pacer = Pacer.builder()
            .callsPerSecond(100_000)
            .maxWaiting(MOST_WAITING)
            .jitterAtMost(Duration.ofMillis(10))
            .build();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final CountDownLatch start = new CountDownLatch(1);
    private final AtomicInteger granted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();

    @RepeatedTest(2)
    void theSumIsRight() throws Exception {
        List<List<Caller>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            List<Caller> callers = new ArrayList<>();
            all.add(callers);
            long seed = i;
            threads.execute(() -> work(callers, new Random(seed)));
        }
        start.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        eventually(() -> pacer.state(API).waiting() == 0);
        eventually(() -> all.stream().flatMap(List::stream).allMatch(Caller::isOver));
        int cancelled = (int) all.stream()
                .flatMap(List::stream)
                .filter(Caller::wasCancelledInTime)
                .count();
        assertThat(faults).hasValue(0);
        assertThat(granted.get() + refused.get() + cancelled).isEqualTo(THREADS * CALLERS_A_THREAD);
        assertThat(granted).hasPositiveValue();

        // Every place comes back: those of unanswered calls a window later.
        eventually(() -> {
            PacerState state = pacer.state(API);
            return state.inFlight() == 0 && ((SlidingPacer) pacer).of(API).held() == 0;
        });
        assertThat(pacer.state(API).waiting()).isZero();
        pacer.dispose();
    }

    private void work(List<Caller> mine, Random random) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < CALLERS_A_THREAD; i++) {
            Caller caller = new Caller(random.nextInt(5));
            mine.add(caller);
            pacer.acquire(API).subscribe(caller);
            if (random.nextInt(3) == 0) {
                mine.get(random.nextInt(mine.size())).cancel();
            }
            for (int last = Math.max(0, i - 3); last <= i && random.nextBoolean(); last++) {
                mine.get(last).use(); // from another thread than the one that granted it, if it was granted
            }
        }
        mine.forEach(Caller::useAtLast);
    }

    private static void eventually(BooleanSupplier condition) {
        for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
            Mono.delay(Duration.ofMillis(10)).block();
        }
        assertThat(condition.getAsBoolean()).as("within 30 s").isTrue();
    }

    private final class Caller implements CoreSubscriber<Permit> {

        private final int habit;
        private final AtomicReference<@Nullable Permit> permit = new AtomicReference<>();
        private final AtomicInteger permits = new AtomicInteger();
        private final AtomicInteger ends = new AtomicInteger();
        private volatile boolean cancelled;
        private volatile boolean atLast;
        private volatile @Nullable Subscription subscription;

        Caller(int habit) {
            this.habit = habit;
        }

        void cancel() {
            Subscription toCancel = subscription;
            if (toCancel != null) {
                cancelled = true;
                toCancel.cancel();
            }
        }

        /** Does with the permit what this caller does; later calls change nothing. */
        void use() {
            Permit held = permit.get();
            if (held == null) {
                return;
            }
            switch (habit) {
                case 0 -> held.giveBack();
                case 1 -> held.written();
                case 2 -> {
                    held.written();
                    held.giveBack();
                    held.answered();
                }
                default -> {
                    held.written();
                    held.answered();
                }
            }
        }

        void useAtLast() {
            atLast = true;
            use();
        }

        boolean isOver() {
            return cancelled || ends.get() == 1;
        }

        boolean wasCancelledInTime() {
            return cancelled && permits.get() + ends.get() == 0;
        }

        @Override
        public void onSubscribe(Subscription s) {
            subscription = s;
            s.request(1);
        }

        @Override
        public void onNext(Permit grantedPermit) {
            permit.set(grantedPermit);
            granted.incrementAndGet();
            if (permits.incrementAndGet() > 1 || ends.get() > 0) {
                faults.incrementAndGet();
            }
            if (habit == 4 || atLast) {
                use();
            }
        }

        @Override
        public void onError(Throwable error) {
            refused.incrementAndGet();
            if (!(error instanceof OverloadedException) || ends.incrementAndGet() > 1 || permits.get() > 0) {
                faults.incrementAndGet();
            }
        }

        @Override
        public void onComplete() {
            if (ends.incrementAndGet() > 1 || permits.get() != 1) {
                faults.incrementAndGet();
            }
        }
    }
}
