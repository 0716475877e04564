/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.Callers.API;
import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Slowing down, pausing, and finding what a service stricter than configured allows. */
@Tag("promise-2")
class PenaltiesTest {

    private static final int LIMIT = 200;
    /** The longest halt, and steps that double from one call to {@link #LIMIT}. */
    private static final long RECOVERY = 60 * SECOND;

    private final World world = new World(1);
    private final Pacer pacer = Scenario.ours(world, LIMIT);

    @Property(tries = 40, seed = "1")
    void findsAndTracksWhatTheServiceAllows(
            @ForAll long seed,
            @ForAll("allowances") int allowed,
            @ForAll boolean countsRefused,
            @ForAll("behaviours") Behaviour behaviour) {
        World here = new World(seed);
        here.timerLateness = MILLI / 5;
        ModelServer server = new ModelServer(here, allowed, countsRefused);
        Pacer finder = Scenario.ours(here, LIMIT);
        Callers callers = new Callers(here, finder, server, behaviour);
        callers.keepWaiting(64);
        here.runFor(10 * SECOND);
        long from = here.now();
        here.runFor(120 * SECOND);

        double taken = server.taken(from, here.now());
        double refused = server.refused(from, here.now());
        assertThat(taken / 120).as("taken per second").isGreaterThanOrEqualTo(0.9 * allowed);
        assertThat(refused / (taken + refused)).as("share refused").isLessThanOrEqualTo(0.01);

        server.allow(Integer.MAX_VALUE);
        here.runFor(RECOVERY);
        assertThat(finder.state(API).callsPerSecond()).isEqualTo(LIMIT);
    }

    @Provide
    Arbitrary<Integer> allowances() {
        return Arbitraries.of(20, 50, 100, 150, 199);
    }

    @Provide
    Arbitrary<Behaviour> behaviours() {
        Behaviour steady = Behaviour.steady();
        return Arbitraries.of(
                steady,
                steady.service(20 * MILLI, 30 * MILLI).jitter(10 * MILLI),
                steady.cold(2 * SECOND, 300 * MILLI),
                steady.service(200 * MILLI, 200 * MILLI));
    }

    @Property(tries = 20, seed = "2")
    void refusalsBringTheRateDownAndTimeBringsItBack(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int times) {
        World here = new World(seed);
        Pacer slowed = Scenario.ours(here, LIMIT);
        for (int i = 0; i < times; i++) {
            int before = slowed.state(API).callsPerSecond();
            slowed.slowDown(API);
            assertThat(slowed.state(API).callsPerSecond()).isLessThan(before == 1 ? 2 : before);
            here.runFor(SECOND + MILLI);
        }
        here.runFor(RECOVERY);
        assertThat(slowed.state(API).callsPerSecond()).isEqualTo(LIMIT);
    }

    @Example
    void refusalsOfCallsUnderWayAtTheCutDoNotCutAgain() {
        pacer.slowDown(API);
        int once = pacer.state(API).callsPerSecond();
        for (int i = 0; i < 50; i++) {
            world.runFor(10 * MILLI);
            pacer.slowDown(API);
        }
        assertThat(pacer.state(API).callsPerSecond()).isEqualTo(once);
    }

    @Example
    void eachApiHasItsOwnRate() {
        pacer.slowDown(Api.FRIEND_DELETE_ALL);
        pacer.pause(Api.FRIEND_DELETE_ALL, Duration.ofSeconds(5));
        assertThat(pacer.state(Api.FRIEND_DELETE).callsPerSecond()).isEqualTo(LIMIT);
        assertThat(pacer.state(Api.FRIEND_DELETE).pausedFor()).isZero();
        assertThat(pacer.state(Api.FRIEND_DELETE_ALL).callsPerSecond()).isLessThan(LIMIT);
        assertThat(pacer.state(Api.FRIEND_DELETE_ALL).pausedFor()).isEqualTo(Duration.ofSeconds(5));
    }

    @Property(tries = 20, seed = "3")
    void aPauseIsSilentAndEndsWithoutABurst(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10_000) int millis) {
        World here = new World(seed);
        Pacer paused = Scenario.ours(here, LIMIT);
        Callers callers = new Callers(here, paused, new ModelServer(here), Behaviour.steady());
        callers.keepWaiting(500);
        here.runFor(3 * SECOND);
        int before = callers.granted;
        paused.pause(API, Duration.ofMillis(millis));
        paused.pause(API, Duration.ofMillis(millis / 2)); // the longest counts

        here.runFor(millis * MILLI - 1);
        assertThat(callers.granted).isEqualTo(before);
        here.runFor(SECOND);
        assertThat(callers.granted - before).isBetween(LIMIT / 2, LIMIT + 1);
        assertThat(callers.faults).isEmpty();
    }

    @Example
    void aPauseMayBeLongerThanAnyClockCounts() {
        Callers callers = new Callers(world, pacer, new ModelServer(world), Behaviour.steady());
        pacer.pause(API, Duration.ofSeconds(Long.MAX_VALUE));
        pacer.pause(API, Duration.ofSeconds(-5));
        callers.call(1);
        world.runFor(1_000_000 * SECOND);
        assertThat(callers.granted).isZero();
    }

    /** Connections will have been closed by then: new ones are opened, as at a start, and a place is held for longer. */
    @Example
    void afterAPauseOfMoreThanTwentySecondsAllIsColdAgain() {
        assertThat(grantedAfterAPause(15)).isGreaterThan(LIMIT + LIMIT / 4);
        assertThat(grantedAfterAPause(21)).isLessThan(LIMIT + LIMIT / 4);
    }

    /** In one and a half seconds after a pause for which callers waited. */
    private static int grantedAfterAPause(int pauseSeconds) {
        World here = new World(1);
        Pacer paused = Scenario.ours(here, LIMIT);
        // The first second is for the whole round trip, which is held while all is cold.
        Behaviour slow = Behaviour.steady().service(400 * MILLI, 400 * MILLI);
        Callers callers = new Callers(here, paused, new ModelServer(here), slow);
        callers.keepWaiting(500);
        here.runFor(5 * SECOND);
        paused.pause(API, Duration.ofSeconds(pauseSeconds));
        here.runFor(pauseSeconds * SECOND - 1);
        int before = callers.granted;
        here.runFor(3 * SECOND / 2);
        return callers.granted - before;
    }

    @Example
    void demandThatComesBackGetsNoCreditForTheTimeItWasAway() {
        Callers callers = new Callers(world, pacer, new ModelServer(world), Behaviour.steady());
        callers.keepWaiting(500);
        world.runFor(5 * SECOND);
        callers.keepWaiting(0);
        world.runFor(10 * SECOND);
        int before = callers.granted;
        callers.keepWaiting(500);
        world.runFor(SECOND / 2);
        assertThat(callers.granted - before).isBetween(LIMIT / 2 - 1, LIMIT / 2 + 1);
    }
}
