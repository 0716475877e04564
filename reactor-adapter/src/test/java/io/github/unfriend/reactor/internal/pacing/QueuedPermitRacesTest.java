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
 * Two threads at one ticket at the same moment, some hundred thousand times in all: whoever wins, the sums are right. Each race
 * is over a lane of its own with one place, whose clock stands still and whose timer never rings.
 */
@Tag("promise-2")
class QueuedPermitRacesTest {

    private static final int ROUNDS = 150;
    private static final int LANES_A_ROUND = 200;
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
        List<Track> tracks = race(track -> track.first.giveBack(), track -> track.second.cancel());
        for (Track track : tracks) {
            int granted = track.second.permits;
            assertThat(track.lane.held()).isEqualTo(granted);
            track.expect(0, granted);
        }
    }

    @Test
    void requestedAndCancelled() throws Exception {
        List<Track> tracks = race(track -> track.third.request(), track -> track.third.cancel());
        for (Track track : tracks) {
            track.expect(1, 1);
            assertThat(track.lane.held()).isEqualTo(2);
            assertThat(track.third.signals()).isZero();
        }
    }

    @Test
    void writtenAndGivenBack() throws Exception {
        List<Track> tracks = race(track -> track.first.written(), track -> track.first.giveBack());
        for (Track track : tracks) {
            // The place of a call that was written is held, whoever came first; the second caller may have got it, too.
            int granted = track.second.permits;
            assertThat(track.lane.held()).isEqualTo(2);
            track.expect(1 - granted, 1 + granted);
        }
    }

    @Test
    void answeredOrTakenBackUnanswered() throws Exception {
        List<Track> tracks = race(Track::writeAndWait, track -> track.lane.drain(), track -> track.first.answered());
        for (Track track : tracks) {
            track.expect(0, 1);
            assertThat(track.second.permits).isEqualTo(1);
            assertThat(track.lane.held()).isEqualTo(1);
        }
    }

    @Test
    void answeredTwiceAndWrittenTwice() throws Exception {
        List<Track> tracks = race(Track::writeAndAnswer, Track::writeAndAnswer);
        for (Track track : tracks) {
            track.expect(1, 0);
            assertThat(track.lane.held()).isEqualTo(2);
        }
    }

    @Test
    void requestedOrClosed() throws Exception {
        List<Track> tracks = race(track -> track.third.request(), track -> track.lane.close());
        for (Track track : tracks) {
            for (Caller caller : new Caller[] {track.second, track.third}) {
                assertThat(caller.error).isInstanceOf(GatewayClosedException.class);
                assertThat(caller.signals()).isEqualTo(1);
            }
            track.expect(0, 1);
        }
    }

    private interface Move {
        void on(Track track);
    }

    private List<Track> race(Move one, Move other) throws Exception {
        return race(track -> {}, one, other);
    }

    private List<Track> race(Move before, Move one, Move other) throws Exception {
        List<Track> all = new ArrayList<>();
        long end = System.nanoTime() + MOST_NANOS;
        for (int round = 0; round < ROUNDS && (round == 0 || System.nanoTime() - end < 0); round++) {
            Track[] tracks = new Track[LANES_A_ROUND];
            for (int i = 0; i < tracks.length; i++) {
                Track track = new Track();
                before.on(track);
                tracks[i] = track;
                all.add(track);
            }
            AtomicInteger atOne = new AtomicInteger();
            AtomicInteger atOther = new AtomicInteger();
            Future<?> first = threads.submit(() -> run(tracks, one, atOne, atOther));
            Future<?> second = threads.submit(() -> run(tracks, other, atOther, atOne));
            first.get(60, TimeUnit.SECONDS);
            second.get(60, TimeUnit.SECONDS);
        }
        return all;
    }

    /** Both threads come to each track together, give or take some nanoseconds that differ each time. */
    private void run(Track[] tracks, Move move, AtomicInteger mine, AtomicInteger other) {
        for (int i = 0; i < tracks.length; i++) {
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
            move.on(tracks[i]);
        }
        mine.set(Integer.MAX_VALUE);
    }

    /** A lane with its only place granted to the first caller and the second one waiting; the third has not asked yet. */
    private static final class Track {

        final AtomicLong clock = new AtomicLong();
        final ApiPacer lane = new ApiPacer(
                new SlidingPacerConfig(1, 10_000_000, 10_000_000, 10, clock::get),
                new MonotonicClock(clock::get),
                new NeverRings());
        final Caller first = new Caller(lane);
        final Caller second = new Caller(lane);
        final Caller third = new Caller(lane);

        Track() {
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
            PacerState state = lane.state();
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

        Caller(ApiPacer lane) {
            lane.subscribe(this);
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
            throw new UnsupportedOperationException("the lane needs no worker");
        }
    }
}
