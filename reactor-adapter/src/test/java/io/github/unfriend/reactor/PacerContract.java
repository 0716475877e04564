/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.OverloadedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * What any {@link Pacer} must do, whatever keeps its places. Extend it and say how the pacer is made. Time is virtual: the
 * pacer reads the given clock and sets its timers on the given scheduler.
 */
@Tag("promise-2")
public abstract class PacerContract {

    private static final int LIMIT = 20;
    private static final int MOST_WAITING = 50;
    private static final Api API = Api.FRIEND_DELETE;
    private static final Duration ROUND_TRIP = Duration.ofMillis(5);
    private static final Duration STEP = Duration.ofMillis(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<Long> arrivals = new ArrayList<>();
    private final List<Permit> granted = new ArrayList<>();
    private final List<Throwable> refused = new ArrayList<>();
    private Pacer pacer = Pacer.unpaced();

    /**
     * Makes the pacer under test.
     *
     * @param callsPerSecond the limit of each API
     * @param mostWaiting callers of one API that may wait
     * @param nanoClock its clock
     * @param timer where its timers run
     * @return a pacer with all places free
     */
    protected abstract Pacer create(int callsPerSecond, int mostWaiting, LongSupplier nanoClock, Scheduler timer);

    @BeforeEach
    void make() {
        pacer = create(LIMIT, MOST_WAITING, () -> time.now(TimeUnit.NANOSECONDS), time);
    }

    @AfterEach
    void end() {
        pacer.dispose();
        time.dispose();
    }

    private Disposable ask() {
        return pacer.acquire(API).subscribe(granted::add, refused::add);
    }

    /** Asks for a permit, sends a call with it at once, and asks again when the answer is there. */
    private void keepCalling() {
        pacer.acquire(API)
                .subscribe(
                        permit -> {
                            arrivals.add(time.now(TimeUnit.NANOSECONDS));
                            permit.written("host");
                            time.schedule(
                                    () -> {
                                        permit.answered(true);
                                        keepCalling();
                                    },
                                    ROUND_TRIP.toNanos(),
                                    TimeUnit.NANOSECONDS);
                        },
                        refused::add);
    }

    private void pass(Duration duration) {
        for (long i = 0; i < duration.dividedBy(STEP); i++) {
            time.advanceTimeBy(STEP);
        }
    }

    private int mostInAnySecond() {
        int most = 0;
        int first = 0;
        for (int last = 0; last < arrivals.size(); last++) {
            while (arrivals.get(last) - arrivals.get(first)
                    >= Duration.ofSeconds(1).toNanos()) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    @Test
    void noSlidingSecondHoldsMoreCallsThanAllowedAndNearlyAllAreUsed() {
        for (int i = 0; i < 10; i++) {
            keepCalling();
        }
        pass(Duration.ofSeconds(10));
        assertThat(mostInAnySecond()).isLessThanOrEqualTo(LIMIT);
        assertThat(arrivals).hasSizeGreaterThan(9 * LIMIT);
    }

    @Test
    void theApisDoNotShareTheirPlaces() {
        for (int i = 0; i < LIMIT; i++) {
            ask();
        }
        pass(Duration.ofSeconds(1));
        assertThat(granted).hasSize(LIMIT);
        pacer.acquire(Api.FRIEND_DELETE_ALL).subscribe(granted::add, refused::add);
        pass(Duration.ofMillis(10));
        assertThat(granted).hasSize(LIMIT + 1);
    }

    @Test
    void aPermitThatIsGivenBackGoesToTheNextCaller() {
        for (int i = 0; i < LIMIT; i++) {
            ask();
        }
        pass(Duration.ofSeconds(1));
        ask();
        pass(Duration.ofSeconds(2));
        assertThat(granted).as("none was written, so all places are taken").hasSize(LIMIT);
        granted.get(0).giveBack();
        pass(Duration.ofMillis(100));
        assertThat(granted).hasSize(LIMIT + 1);
    }

    @Test
    void callersAreServedInTheirOrder() {
        List<Integer> served = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            int number = i;
            pacer.acquire(API).subscribe(permit -> served.add(number), refused::add);
        }
        pass(Duration.ofSeconds(1));
        assertThat(served).hasSize(LIMIT).isSorted();
    }

    @Test
    void whoCancelsWaitsNoMore() {
        for (int i = 0; i < LIMIT; i++) {
            ask();
        }
        Disposable last = ask();
        assertThat(pacer.state(API).waiting()).isPositive();
        last.dispose();
        pass(Duration.ofSeconds(1));
        assertThat(pacer.state(API).waiting()).isZero();
        assertThat(granted).hasSize(LIMIT);
    }

    @Test
    void withoutDemandThereIsNoCaller() {
        StepVerifier.create(pacer.acquire(API), 0)
                .expectSubscription()
                .then(() -> assertThat(
                                pacer.state(API).inFlight() + pacer.state(API).waiting())
                        .isZero())
                .thenCancel()
                .verify();
    }

    @Test
    void oneCallerTooManyIsRefused() {
        pacer.pause(API, Duration.ofSeconds(5));
        for (int i = 0; i < MOST_WAITING + 1; i++) {
            ask();
        }
        assertThat(refused).singleElement().isInstanceOf(OverloadedException.class);
    }

    @Test
    void aPauseHoldsAllBackAndEnds() {
        pacer.pause(API, Duration.ofSeconds(2));
        ask();
        pass(Duration.ofMillis(1_900));
        assertThat(granted).isEmpty();
        assertThat(pacer.state(API).pausedFor()).isPositive();
        pass(Duration.ofMillis(200));
        assertThat(granted).hasSize(1);
        assertThat(pacer.state(API).pausedFor()).isZero();
    }

    @Test
    void aRefusalForTheRateLowersTheLimitForSomeTime() {
        for (int i = 0; i < 10; i++) {
            keepCalling();
        }
        pass(Duration.ofSeconds(2));
        pacer.slowDown(API);
        assertThat(pacer.state(API).callsPerSecond()).isLessThan(LIMIT);
        pass(Duration.ofMinutes(2));
        assertThat(pacer.state(API).callsPerSecond()).isEqualTo(LIMIT);
        assertThat(mostInAnySecond()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void theStateCountsCalls() {
        ask();
        pass(Duration.ofMillis(10));
        assertThat(pacer.state(API).inFlight()).isEqualTo(1);
        assertThat(pacer.state(API).calls()).isZero();
        granted.get(0).written("host");
        granted.get(0).written("host");
        assertThat(pacer.state(API).calls()).isEqualTo(1);
        granted.get(0).answered(true);
        assertThat(pacer.state(API).inFlight()).isZero();
    }

    @Test
    void disposingTurnsEveryCallerAway() {
        pacer.pause(API, Duration.ofSeconds(5));
        ask();
        pacer.dispose();
        assertThat(refused).singleElement().isInstanceOf(GatewayClosedException.class);
        ask();
        assertThat(refused).hasSize(2).hasOnlyElementsOfType(GatewayClosedException.class);
        assertThat(granted).isEmpty();
    }
}
