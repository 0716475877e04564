/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/**
 * The service, or the way to it, stands still for a time and then takes everything at once, whatever the time: as many
 * calls as there are connections arrive late together. Calls are repeated over 64 connections, round trips take 21 to
 * 31 ms, unless a test says otherwise.
 */
@Tag("promise-2")
class StallsTest {

    private static final int LIMIT = 200;
    private static final int CONNECTIONS = 64;

    private static World world(long seed) {
        World world = new World(seed);
        world.timerLateness = MILLI / 5;
        return world;
    }

    private static ModelServer callOver(World world, int connections) {
        return Connections.call(world, LIMIT, connections, () -> 20 * MILLI + world.upTo(10 * MILLI));
    }

    /** Whenever it begins, also while everything is cold. */
    @Property(tries = 300, seed = "1")
    void oneStallIsNotFollowedByABurst(@ForAll long seed) {
        World world = world(seed);
        ModelServer server = callOver(world, CONNECTIONS);
        world.runFor(world.upTo(6 * SECOND));
        long begin = world.now();
        long length = 10 * MILLI + world.upTo(world.chance(0.5) ? 300 * MILLI : 3 * SECOND);
        world.holdUp(length);
        world.runFor(7 * SECOND);
        assertThat(server.mostInOneSecond()).as(begin + " " + length).isLessThanOrEqualTo(LIMIT);
    }

    @Property(tries = 100, seed = "2")
    void manyStallsAreNotFollowedByBursts(@ForAll long seed) {
        World world = world(seed);
        ModelServer server = callOver(world, CONNECTIONS);
        world.runFor(SECOND);
        for (int i = 0; i < 20; i++) {
            world.runFor(SECOND + world.upTo(SECOND));
            world.holdUp(10 * MILLI + world.upTo(world.chance(0.7) ? 300 * MILLI : 2 * SECOND));
        }
        world.runFor(3 * SECOND);
        assertThat(server.mostInOneSecond()).isLessThanOrEqualTo(LIMIT);
    }

    /** With more connections than places, a call without an answer must not make room for one more. */
    @Property(tries = 20, seed = "5")
    void norAfterALongOneWithMoreConnectionsThanPlaces(@ForAll long seed) {
        World world = world(seed);
        ModelServer server = callOver(world, 3 * LIMIT);
        world.runFor(2 * SECOND + world.upTo(2 * SECOND));
        long stall = SECOND / 2 + world.upTo(8 * SECOND);
        world.holdUp(stall);
        world.runFor(stall + 3 * SECOND);
        assertThat(server.mostInOneSecond()).isLessThanOrEqualTo(LIMIT);
    }

    /** Among calls that take 500 ms a stall of 30 ms is easily overlooked. */
    @Property(tries = 30, seed = "3")
    void norBesideSlowCalls(@ForAll long seed) {
        World world = world(seed);
        AtomicInteger calls = new AtomicInteger();
        shortStalls(world, () -> calls.getAndIncrement() % 2 == 0 ? 5 * MILLI : 500 * MILLI);
    }

    @Property(tries = 30, seed = "4")
    void norWhenTheServiceChangesItsPaceEachSecond(@ForAll long seed) {
        World world = world(seed);
        long start = world.now() - world.upTo(2 * SECOND);
        shortStalls(world, () -> (world.now() - start) / SECOND % 2 == 0 ? 5 * MILLI : 500 * MILLI);
    }

    private static void shortStalls(World world, LongSupplier service) {
        ModelServer server = Connections.call(world, LIMIT, 256, service);
        world.runFor(2 * SECOND);
        for (int i = 0; i < 20; i++) {
            world.runFor(SECOND + world.upTo(SECOND));
            world.holdUp(10 * MILLI + world.upTo(200 * MILLI));
        }
        world.runFor(3 * SECOND);
        assertThat(server.mostInOneSecond()).isLessThanOrEqualTo(LIMIT);
    }
}
