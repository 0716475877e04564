/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;

import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Ten seconds of random trouble, then peace: everybody who waits is to be served, everything is to come back, and the
 * full rate is to be there again.
 *
 * @param seed of everything random
 * @param limit calls in a second
 * @param behaviour of callers and network
 * @param bursts how many groups of callers come
 * @param hiccups how often the client stalls or its clock loses time
 * @param penalties how often the pacer is told to slow down or to pause
 */
record Scenario(long seed, int limit, Behaviour behaviour, int bursts, int hiccups, int penalties) {

    /** A world in which a pacer is needed. */
    interface Maker {
        Pacer make(World world, int limit);

        /** In what time one that has been idle has all its places. */
        default long ready() {
            return SECOND + 20 * MILLI;
        }
    }

    static Pacer ours(World world, int limit) {
        return Pacer.builder()
                .callsPerSecond(limit)
                .nanoClock(world::clock)
                .scheduler(world)
                .build();
    }

    /** Plays and judges. */
    List<String> complaints(Maker maker) {
        World world = new World(seed);
        world.timerLateness = MILLI / 5;
        ModelServer server = new ModelServer(world);
        Pacer pacer = maker.make(world, limit);
        Callers callers = new Callers(world, pacer, server, behaviour);
        List<String> complaints = new ArrayList<>();

        trouble(world, pacer, callers);
        world.runFor(10 * SECOND);
        callers.keepWaiting(0);
        callers.behave(behaviour.fickle(0, 0, 0));
        long patience = (2L * callers.waiting() / Math.max(1, limit / 8) + 100) * SECOND;
        for (long waited = 0; callers.waiting() > 0 && waited < patience; waited += SECOND) {
            world.runFor(SECOND);
        }
        if (callers.waiting() > 0) {
            complaints.add("starved: " + callers.waiting() + " callers wait for ever");
        }

        world.runFor(90 * SECOND); // the rate has climbed back, all places are free
        PacerState state = pacer.state(Callers.API);
        if (state.waiting() != 0 || state.inFlight() != 0) {
            complaints.add("leak: " + state);
        }
        callers.behave(Behaviour.steady());
        int before = callers.granted;
        callers.call(limit);
        world.runFor(maker.ready());
        if (callers.granted - before != limit) {
            complaints.add("leak: " + (callers.granted - before) + " of " + limit + " places are there at the end");
        }
        world.runFor(3 * SECOND);
        complaints.addAll(tickets(pacer));

        if (server.mostInOneSecond() > limit) {
            complaints.add("over: " + server.mostInOneSecond() + " calls in one second");
        }
        complaints.addAll(bursts(callers));
        complaints.addAll(callers.faults);
        return complaints;
    }

    private void trouble(World world, Pacer pacer, Callers callers) {
        Random random = new Random(~seed);
        for (int i = 0; i < bursts; i++) {
            int size = 1 + random.nextInt(2 * limit);
            boolean standing = random.nextInt(3) == 0;
            world.onServer(random.nextLong(9 * SECOND), () -> {
                if (standing) {
                    callers.keepWaiting(1 + size / 4);
                    world.onServer(1 + random.nextLong(4 * SECOND), () -> callers.keepWaiting(0));
                } else {
                    callers.call(size);
                }
            });
        }
        for (int i = 0; i < hiccups; i++) {
            long length = random.nextLong(SECOND);
            int kind = random.nextInt(4);
            world.onServer(random.nextLong(10 * SECOND), () -> {
                switch (kind) {
                    case 0 -> world.freezeClock(length);
                    case 1 -> world.stepClockBack(length);
                    default -> world.stall(length);
                }
            });
        }
        for (int i = 0; i < penalties; i++) {
            long length = random.nextLong(SECOND);
            boolean pause = random.nextBoolean();
            world.onServer(random.nextLong(10 * SECOND), () -> {
                if (pause) {
                    pacer.pause(Callers.API, Duration.ofNanos(length));
                } else {
                    pacer.slowDown(Callers.API);
                }
            });
        }
    }

    /** Grants closer to each other than the pace at which the pacer may catch up. */
    private List<String> bursts(Callers callers) {
        long least = PermitSpacing.leastDistance(limit);
        for (int i = 1; i < callers.grants.size(); i++) {
            long distance = callers.grants.get(i) - callers.grants.get(i - 1);
            if (distance < least) {
                return List.of("burst: two grants " + distance + " ns apart, not " + least);
            }
        }
        return List.of();
    }

    private static List<String> tickets(Pacer pacer) {
        pacer.state(Callers.API); // looks which places have come back; nobody else does while nobody calls
        Pacer local = pacer instanceof LeasedPacer leased ? leased.local() : pacer;
        int held = local instanceof SlidingPacer ours ? ours.of(Callers.API).held() : 0;
        return held == 0 ? List.of() : List.of("leak: " + held + " tickets are held by nobody's wish");
    }
}
