/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.Callers.API;
import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.Permit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Calls that get no answer, and silences that end: no place and no probe is lost for longer than the rule says. */
@Tag("promise-2")
class LostCallsTest {

    /** A long outage, callers leave, all places come back; the service is well, but one call gets lost. */
    @Test
    void probesOfAnOldSilenceDoNotCount() {
        World world = new World(1);
        Pacer pacer = Scenario.ours(world, 200);
        List<Disposable> waiting = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            waiting.add(pacer.acquire(API).subscribe(permit -> permit.written("host"))); // never answered
        }
        world.runFor(600 * SECOND); // outage of ten minutes
        waiting.forEach(Disposable::dispose);
        world.runFor(90 * SECOND); // nobody calls; every place has come back
        pacer.acquire(API).subscribe(permit -> permit.written("host")); // this one is lost
        world.runFor(2 * SECOND);
        List<Long> granted = new ArrayList<>();
        long asked = world.now();
        for (int i = 0; i < 10; i++) {
            pacer.acquire(API).subscribe(permit -> {
                granted.add(world.now() - asked);
                permit.written("host");
                world.onClient(20 * MILLI, permit::answered);
            });
        }
        world.runFor(50 * SECOND);
        assertThat(granted.get(0)).isLessThan(5 * SECOND);
    }

    /** 60007 has cut the rate below 7; then some calls get lost. */
    @Test
    void aLostCallAtALoweredLimitComesBackSoon() {
        World world = new World(1);
        Pacer pacer = Scenario.ours(world, 200);
        for (int i = 0; i < 8; i++) {
            pacer.slowDown(API);
            world.runFor(SECOND + SECOND / 5);
        }
        int allowed = pacer.state(API).callsPerSecond();
        for (int i = 0; i < allowed; i++) {
            pacer.acquire(API).subscribe(permit -> {
                permit.written("host");
                world.onClient(2 * SECOND, permit::abandoned);
            });
        }
        world.runFor(3 * SECOND);
        List<Long> granted = new ArrayList<>();
        long asked = world.now();
        pacer.acquire(API).subscribe(permit -> granted.add(world.now() - asked));
        world.runFor(90 * SECOND);
        assertThat(granted.get(0)).isLessThan(10 * SECOND);
    }

    /** Permits given back in a silence. */
    @Test
    void permitsThatAreGivenBackSpendNoProbes() {
        World world = new World(1);
        Pacer pacer = Scenario.ours(world, 200);
        pacer.acquire(API).subscribe(permit -> permit.written("host"));
        world.runFor(2 * SECOND);
        for (int i = 0; i < 40; i++) {
            pacer.acquire(API).subscribe(Permit::giveBack);
        }
        world.runFor(3 * SECOND);
        List<Long> granted = new ArrayList<>();
        long asked = world.now();
        pacer.acquire(API).subscribe(permit -> granted.add(world.now() - asked));
        world.runFor(120 * SECOND);
        assertThat(granted.get(0)).isLessThan(4 * SECOND);
    }
}
