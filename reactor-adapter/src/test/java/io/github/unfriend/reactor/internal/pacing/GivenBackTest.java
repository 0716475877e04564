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

/** Permits that are given back: no call was made, so they are no sign of anything. */
@Tag("promise-2")
class GivenBackTest {

    private final World world = new World(1);
    private final Pacer pacer = Scenario.ours(world, 200);

    private int held() {
        pacer.state(API); // takes back what has come back
        return ((SlidingPacer) pacer).of(API).held();
    }

    private void call(String host, long roundTrip) {
        pacer.acquire(API).subscribe(permit -> {
            permit.written(host);
            world.onClient(roundTrip, permit::answered);
        });
    }

    /** Of 100 ms each; then all of their places have come back. */
    private void calls(int count) {
        for (int i = 0; i < count; i++) {
            call("host", 100 * MILLI);
        }
        world.runFor(3 * SECOND);
        assertThat(held()).isZero();
    }

    @Test
    void theNextCallAfterALongIdleTimeIsStillTheFirst() {
        calls(200);
        calls(40);
        world.runFor(30 * SECOND);
        pacer.acquire(API).subscribe(Permit::giveBack);
        world.runFor(5 * SECOND);
        call("host", 300 * MILLI);
        world.runFor(300 * MILLI + 950 * MILLI);
        assertThat(held()).as("the whole round trip is held").isEqualTo(1);
        world.runFor(60 * MILLI);
        assertThat(held()).isZero();
    }

    @Test
    void thoseGrantedBeforeASilenceEarnNoProbesInIt() {
        List<Permit> early = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            pacer.acquire(API).subscribe(early::add);
        }
        pacer.acquire(API).subscribe(permit -> permit.written("host")); // never answered
        world.runFor(2 * SECOND);
        assertThat(early).hasSize(50);
        long before = pacer.state(API).calls();
        for (int i = 0; i < 50; i++) {
            pacer.acquire(API).subscribe(permit -> permit.written("host"));
        }
        early.forEach(permit -> {
            permit.giveBack();
            world.runFor(10 * MILLI);
        });
        assertThat(pacer.state(API).calls() - before)
                .as("one probe in half a second, or two")
                .isLessThanOrEqualTo(2);
    }

    /** The way to a host may be another one when it is back: what is late on the old one is held whole. */
    @Test
    void aHostThatWasGivenUpAndIsBackIsAnotherRoute() {
        calls(200);
        call("host", SECOND); // on the old way
        world.runFor(10 * MILLI);
        pacer.hostLost("host");
        for (int i = 0; i < 40; i++) {
            call("host", 200 * MILLI); // on the new one, longer
        }
        world.runFor(990 * MILLI);
        int held = held();
        world.runFor(900 * MILLI);
        assertThat(held()).as("the late one, for a second from its answer").isEqualTo(1);
        assertThat(held).isPositive();
        world.runFor(110 * MILLI);
        assertThat(held()).isZero();
    }
}
