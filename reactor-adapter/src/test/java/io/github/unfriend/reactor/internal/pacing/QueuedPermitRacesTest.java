/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.SECOND;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Two threads at one permit at the same moment, some hundred thousand times in all: whoever wins, the sums are right. Each race
 * is over a pacer of its own with one place, whose clock stands still and whose timer never rings.
 */
@Tag("promise-2")
class QueuedPermitRacesTest {

    private static final int ROUNDS = 150;
    private static final int RACES_A_ROUND = 200;
    /** A busy machine comes less far in this time. */
    private static final long MOST_NANOS = 2_000_000_000L;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void cancelledOrGranted() throws Exception {
        List<Race> races = race(race -> race.first.giveBack(), race -> race.second.cancel());
        for (Race race : races) {
            int granted = race.second.permits;
            assertThat(race.pacer.held()).isEqualTo(granted);
            race.expect(0, granted);
        }
    }

    @Test
    void requestedAndCancelled() throws Exception {
        List<Race> races = race(race -> race.third.request(), race -> race.third.cancel());
        for (Race race : races) {
            race.expect(1, 1);
            assertThat(race.pacer.held()).isEqualTo(2);
            assertThat(race.third.signals()).isZero();
        }
    }

    @Test
    void writtenAndGivenBack() throws Exception {
        List<Race> races = race(race -> race.first.written(), race -> race.first.giveBack());
        for (Race race : races) {
            // The place of a call that was written is held, whoever came first; the second caller may have got it, too.
            int granted = race.second.permits;
            assertThat(race.pacer.held()).isEqualTo(2);
            race.expect(1 - granted, 1 + granted);
        }
    }

    @Test
    void answeredOrTakenBackUnanswered() throws Exception {
        List<Race> races = race(Race::writeAndWait, race -> race.pacer.drain(), race -> race.first.answered());
        for (Race race : races) {
            race.expect(0, 1);
            assertThat(race.second.permits).isEqualTo(1);
            assertThat(race.pacer.held()).isEqualTo(1);
        }
    }

    @Test
    void answeredTwiceAndWrittenTwice() throws Exception {
        List<Race> races = race(Race::writeAndAnswer, Race::writeAndAnswer);
        for (Race race : races) {
            race.expect(1, 0);
            assertThat(race.pacer.held()).isEqualTo(2);
        }
    }

    @Test
    void requestedOrClosed() throws Exception {
        List<Race> races = race(race -> race.third.request(), race -> race.pacer.close());
        for (Race race : races) {
            for (Caller caller : new Caller[] {race.second, race.third}) {
                assertThat(caller.error).isInstanceOf(GatewayClosedException.class);
                assertThat(caller.signals()).isEqualTo(1);
            }
            race.expect(0, 1);
        }
    }

    private interface Move {
        void on(Race race);
    }

    private List<Race> race(Move one, Move other) throws Exception {
        return race(race -> {}, one, other);
    }

    private List<Race> race(Move before, Move one, Move other) throws Exception {
        List<Race> all = new ArrayList<>();
        long end = System.nanoTime() + MOST_NANOS;
        for (int done = 0; done < ROUNDS && (done == 0 || System.nanoTime() - end < 0); done++) {
            Race[] round = new Race[RACES_A_ROUND];
            for (int i = 0; i < round.length; i++) {
                Race race = new Race();
                before.on(race);
                round[i] = race;
                all.add(race);
            }
            AtomicInteger atOne = new AtomicInteger();
            AtomicInteger atOther = new AtomicInteger();
            Future<?> first = threads.submit(() -> run(round, one, atOne, atOther));
            Future<?> second = threads.submit(() -> run(round, other, atOther, atOne));
            first.get(60, TimeUnit.SECONDS);
            second.get(60, TimeUnit.SECONDS);
        }
        return all;
    }

    /** Both threads come to each race together, give or take some nanoseconds that differ each time. */
    private void run(Race[] all, Move move, AtomicInteger mine, AtomicInteger other) {
        for (int i = 0; i < all.length; i++) {
            mine.set(i + 1);
            for (int spins = 0; other.get() <= i; spins++) {
                if (spins < 10_000) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(20_000); // the other one has lost its processor
                }
            }
            for (int wait = ThreadLocalRandom.current().nextInt(40); wait > 0; wait--) {
                Thread.onSpinWait();
            }
            move.on(all[i]);
        }
        mine.set(Integer.MAX_VALUE);
    }

    /** A pacer with its only place granted to the first caller and the second one waiting; the third has not asked yet. */
    private static final class Race {

        final AtomicLong clock = new AtomicLong();
        final ApiPacer pacer =
                new ApiPacer(new SlidingPacerConfig(1, 10_000_000, 10_000_000, 10, clock::get), new NeverRings());
        final Caller first = new Caller(pacer);
        final Caller second = new Caller(pacer);
        final Caller third = new Caller(pacer);

        Race() {
            first.request();
            second.request();
        }

        void writeAndWait() {
            first.written();
            clock.addAndGet(5 * SECOND);
        }

        void writeAndAnswer() {
            first.written();
            first.answered();
        }

        void expect(int waiting, int inFlight) {
            PacerState state = pacer.state();
            assertThat(state.waiting()).isEqualTo(waiting);
            assertThat(state.inFlight()).isEqualTo(inFlight);
        }
    }

    private static final class Caller implements CoreSubscriber<Permit> {

        private @Nullable Subscription subscription;
        private @Nullable Permit permit;
        // Signals are serial, and read when both threads are through.
        int permits;

        @Nullable
        Throwable error;

        private int ends;

        Caller(ApiPacer pacer) {
            pacer.subscribe(this);
        }

        @Override
        public void onSubscribe(Subscription s) {
            subscription = s;
        }

        void request() {
            requireNonNull(subscription).request(1);
        }

        void cancel() {
            requireNonNull(subscription).cancel();
        }

        void written() {
            requireNonNull(permit).written();
        }

        void answered() {
            requireNonNull(permit).answered();
        }

        void giveBack() {
            requireNonNull(permit).giveBack();
        }

        /** All signals but onSubscribe. */
        int signals() {
            return permits + ends;
        }

        @Override
        public void onNext(Permit granted) {
            permit = granted;
            permits++;
        }

        @Override
        public void onError(Throwable refused) {
            error = refused;
            ends++;
        }

        @Override
        public void onComplete() {
            ends++;
        }
    }

    /** Nobody needs the timer here: the clock stands still. */
    private static final class NeverRings implements Scheduler {

        @Override
        public Disposable schedule(Runnable task) {
            return Disposables.single();
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return Disposables.single();
        }

        @Override
        public Worker createWorker() {
            throw new UnsupportedOperationException("the pacer needs no worker");
        }
    }
}
