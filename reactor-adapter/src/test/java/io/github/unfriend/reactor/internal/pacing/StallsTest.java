/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The service, or the way to it, stands still for a time and then takes everything at once, whatever the time: as many
 * calls as there are connections arrive late together. Calls are repeated over 64 connections, round trips take 21 to
 * 31 ms.
 */
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
        world.holdUp(10 * MILLI + world.upTo(world.chance(0.5) ? 300 * MILLI : 3 * SECOND));
        world.runFor(7 * SECOND);
        assertThat(server.mostInOneSecond()).isLessThanOrEqualTo(LIMIT);
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
}
