/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.Permit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The service stands still and then takes everything that its sockets hold. Meanwhile calls time out at the client and
 * are sent again: still no more of them wait at the service than it allows in a second.
 */
@org.junit.jupiter.api.Tag("promise-2")
class SilenceTest {

    private static final int CONNECTIONS = 64;

    /** One that calls again and again, and gives a call up after some time. */
    private record Repeater(World world, Pacer pacer, ModelServer server, long timeout) {

        void ask() {
            pacer.acquire(Callers.API).subscribe(this::write);
        }

        private void write(Permit permit) {
            AtomicBoolean over = new AtomicBoolean();
            world.atService(MILLI + world.upTo(5 * MILLI), () -> {
                server.arrive();
                world.onClient(20 * MILLI + world.upTo(10 * MILLI), () -> {
                    if (over.compareAndSet(false, true)) {
                        permit.answered();
                        ask();
                    }
                });
            });
            permit.written();
            world.onClient(timeout, () -> {
                if (over.compareAndSet(false, true)) {
                    permit.abandoned();
                    ask();
                }
            });
        }
    }

    private static ModelServer repeat(World world, int limit, long timeout) {
        ModelServer server = new ModelServer(world);
        Pacer pacer = Scenario.ours(world, limit);
        for (int i = 0; i < CONNECTIONS; i++) {
            new Repeater(world, pacer, server, timeout).ask();
        }
        return server;
    }

    private static World world(long seed) {
        World world = new World(seed);
        world.timerLateness = MILLI / 5;
        return world;
    }

    @ParameterizedTest
    @CsvSource({"5, 2", "9, 5", "14, 3", "50, 2"})
    void aServiceThatStandsStillGetsNoMoreThanItAllows(long stall, long timeout) {
        for (long seed = 0; seed < 40; seed++) {
            World world = world(seed);
            ModelServer server = repeat(world, 200, timeout * SECOND);
            world.runFor(2 * SECOND + world.upTo(2 * SECOND));
            world.holdUp(stall * SECOND);
            world.runFor(stall * SECOND);
            long end = world.now();
            world.runFor(6 * SECOND);
            assertThat(server.mostInOneSecond()).isLessThanOrEqualTo(200);
            // The end is seen by a probe, three seconds later at most; then all goes on.
            assertThat(server.taken(end + 4 * SECOND, end + 6 * SECOND)).isGreaterThan(380);
        }
    }

    /** No place can be kept for a probe: the place of a call comes back five seconds after its timeout. */
    @Property(tries = 50, seed = "1")
    void aSmallLimitGoesOnAfterTheTimeout(@ForAll long seed) {
        World world = world(seed);
        ModelServer server = repeat(world, 3, 2 * SECOND);
        world.runFor(5 * SECOND);
        world.holdUp(4 * SECOND); // shorter than the timeout and five seconds: what waits there holds its place
        world.runFor(20 * SECOND);
        assertThat(server.mostInOneSecond()).isLessThanOrEqualTo(3);
        assertThat(server.taken(world.now() - 5 * SECOND, world.now())).isGreaterThan(12);
    }

    @Example
    void inASilenceOnlyProbesLeave() {
        World world = world(1);
        ModelServer server = repeat(world, 200, SECOND);
        world.runFor(5 * SECOND);
        world.holdUp(40 * SECOND);
        world.runFor(SECOND); // all connections are out, and silence has begun
        int before = server.arrivals();
        world.runFor(39 * SECOND);
        world.runFor(10 * MILLI);
        int waited = server.arrivals() - before;
        // Those of the connections, fifteen in fifteen seconds and eight in twenty-four.
        assertThat(waited).isBetween(CONNECTIONS + 20, CONNECTIONS + 26);
    }

    /** An answer of somebody in front of the service says nothing of the service. */
    @Example
    void answersOfAProxyEndNoSilence() {
        World world = world(1);
        Pacer pacer = Scenario.ours(world, 20);
        for (int i = 0; i < 30; i++) {
            pacer.acquire(Callers.API).subscribe(permit -> {
                permit.written("host");
                world.onClient(10 * MILLI, () -> permit.answered(false));
            });
        }
        world.runFor(SECOND);
        // Half a second's calls, and one probe a second after it has begun.
        assertThat(pacer.state(Callers.API).calls()).isBetween(9L, 11L);
        world.runFor(5 * SECOND);
        assertThat(pacer.state(Callers.API).calls()).isBetween(13L, 16L);
    }

    /** What is out on a host that was given up holds its places for five seconds more. */
    @Example
    void theHostIsGivenUp() {
        World world = world(1);
        Pacer pacer = Scenario.ours(world, 5);
        for (int i = 0; i < 10; i++) {
            pacer.acquire(Callers.API).subscribe(permit -> permit.written("host"));
        }
        world.runFor(2 * SECOND);
        assertThat(pacer.state(Callers.API).calls()).isEqualTo(5);
        pacer.hostLost("host");
        world.runFor(4 * SECOND);
        assertThat(pacer.state(Callers.API).calls()).isEqualTo(5);
        world.runFor(2 * SECOND);
        assertThat(pacer.state(Callers.API).calls()).isGreaterThan(5);
    }
}
