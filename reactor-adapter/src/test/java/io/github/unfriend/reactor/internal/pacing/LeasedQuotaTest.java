/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.reactor.internal.lease.LeaseConfig;
import io.github.unfriend.reactor.redis.LocalRedis;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;

/** One quota over many processes, in virtual time, with the real script in a real Redis. */
@Tag("promise-2")
class LeasedQuotaTest {

    private static final LeaseConfig ALL = new LeaseConfig(LeaseWorld.LIMIT, 1, 0);
    private static LocalRedis server;
    private static Jedis redis;

    @BeforeAll
    static void start() {
        server = new LocalRedis();
        redis = new Jedis(server.uri());
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    private static LeaseWorld world(long seed) {
        return world(seed, ModelRedis.script(), ALL);
    }

    private static LeaseWorld world(long seed, String script, LeaseConfig config) {
        World world = new World(seed);
        return new LeaseWorld(world, new ModelRedis(world, redis, script, config), config);
    }

    private static void sharesAreFair(List<LeaseWorld.Instance> processes, int[] before) {
        double mean = 0;
        for (int i = 0; i < before.length; i++) {
            mean += (processes.get(i).calls - before[i]) / (double) before.length;
        }
        for (int i = 0; i < before.length; i++) {
            assertThat((processes.get(i).calls - before[i]) / mean)
                    .as("share of process %d", i)
                    .isBetween(0.9, 1.1);
        }
    }

    private static int[] calls(LeaseWorld world) {
        return world.processes.stream().mapToInt(process -> process.calls).toArray();
    }

    @Test
    void aLoneProcessHasEverythingWithin300MillisecondsIfRedisRemembers() {
        for (long seed = 0; seed < 20; seed++) {
            LeaseWorld world = world(seed);
            LeaseWorld.Instance first = world.start();
            first.keepWaiting(20);
            world.world.runFor(5 * SECOND);
            first.keepWaiting(0);
            world.world.runFor(3 * SECOND);
            assertThat(world.redis.members()).as("an idle one holds nothing").isZero();
            LeaseWorld.Instance second = world.start();
            long start = world.world.now();
            second.keepWaiting(300);
            world.world.runFor(300 * MILLI);
            assertThat(second.calls).isPositive();
            world.world.runFor(4700 * MILLI);
            assertThat(world.rate(start + 2 * SECOND, start + 5 * SECOND)).isGreaterThan(196);
            assertThat(world.most()).isLessThanOrEqualTo(200);
        }
    }

    @Test
    void itHasEverythingWithinTwoAndAHalfSecondsIfRedisDoesNot() {
        LeaseWorld world = world(1);
        LeaseWorld.Instance first = world.start();
        first.keepWaiting(300);
        world.world.runFor(2400 * MILLI);
        assertThat(first.calls).isZero();
        world.world.runFor(2600 * MILLI);
        assertThat(first.calls).isGreaterThan(400);
    }

    @ParameterizedTest
    @CsvSource({"1, 198", "2, 197", "3, 195", "4, 197", "10, 196"})
    void busyProcessesShareEquallyAndNothingIsWasted(int processes, double rate) {
        for (long seed = 0; seed < 5; seed++) {
            LeaseWorld world = world(seed);
            for (int i = 0; i < processes; i++) {
                world.start().keepWaiting(64);
            }
            world.world.runFor(5 * SECOND);
            int[] before = calls(world);
            long from = world.world.now();
            world.world.runFor(20 * SECOND);
            sharesAreFair(world.processes, before);
            assertThat(world.rate(from, world.world.now())).isGreaterThanOrEqualTo(rate);
            assertThat(world.most()).isLessThanOrEqualTo(200);
            assertThat(world.redis.commands()).as("commands").isLessThan(25 * 5 * processes);
        }
    }

    @Test
    void whoJoinsHasItsShareWithinTwoSeconds() {
        for (long seed = 0; seed < 20; seed++) {
            LeaseWorld world = world(seed);
            for (int i = 0; i < 3; i++) {
                world.start().keepWaiting(64);
            }
            world.world.runFor(6 * SECOND);
            world.start().keepWaiting(64);
            world.world.runFor(2 * SECOND);
            int[] before = calls(world);
            world.world.runFor(5 * SECOND);
            sharesAreFair(world.processes, before);
            assertThat(world.most()).isLessThanOrEqualTo(200);
        }
    }

    @Test
    void whoIsKilledIsReplacedWithinTwoAndAHalfSeconds() {
        for (long seed = 0; seed < 20; seed++) {
            LeaseWorld world = world(seed);
            LeaseWorld.Instance victim = world.start();
            victim.keepWaiting(64);
            world.start().keepWaiting(64);
            world.world.runFor(5 * SECOND + world.world.upTo(SECOND));
            victim.kill();
            world.world.runFor(2500 * MILLI);
            long from = world.world.now();
            world.world.runFor(5 * SECOND);
            assertThat(world.mean(from, world.world.now())).isGreaterThan(196);
            assertThat(world.most()).isLessThanOrEqualTo(200);
        }
    }

    @Test
    void withoutRedisCallsGoOnWithinTheLeaseAndThenAtTheFallback() {
        for (int fallback : new int[] {0, 10}) {
            LeaseWorld world = world(3, ModelRedis.script(), new LeaseConfig(200, 4, fallback));
            for (int i = 0; i < 4; i++) {
                world.start().keepWaiting(64);
            }
            world.world.runFor(6 * SECOND);
            world.redis.isAway = true;
            world.world.runFor(SECOND);
            int[] before = calls(world);
            world.world.runFor(10 * SECOND);
            for (int i = 0; i < 4; i++) {
                assertThat(world.processes.get(i).calls - before[i]).isBetween(fallback * 9, fallback * 10);
                assertThat(world.processes.get(i).failures).isNotEmpty();
            }
            world.redis.isAway = false;
            world.world.runFor(4 * SECOND);
            long from = world.world.now();
            world.world.runFor(5 * SECOND);
            assertThat(world.mean(from, world.world.now())).isGreaterThan(195);
            assertThat(world.most()).isLessThanOrEqualTo(200);
        }
    }

    /** Joins, leaves, crashes, stalls, lost messages, losses of memory, jumps of Redis' clock, drifting clocks. */
    @Test
    void neverOverWhateverHappens() {
        for (long seed = 0; seed < Integer.getInteger("lease.seeds", 60); seed++) {
            LeaseWorld world = world(seed);
            somethingHappens(world);
            assertThat(world.most()).as("seed %d", seed).isLessThanOrEqualTo(200);
        }
    }

    private static void somethingHappens(LeaseWorld world) {
        world.redis.mostToRedis = world.world.upTo(40 * MILLI);
        world.redis.lost = world.world.chance(0.5) ? 0.05 : 0;
        for (int i = 0; i < 4; i++) {
            world.start().keepWaiting(64);
        }
        for (int step = 0; step < 30; step++) {
            world.world.runFor(world.world.upTo(2 * SECOND));
            LeaseWorld.Instance one = world.processes.get(world.world.random.nextInt(world.processes.size()));
            switch (world.world.random.nextInt(10)) {
                case 0 -> world.start().keepWaiting(64);
                case 1 -> one.kill();
                case 2 -> one.close();
                case 3 -> one.keepWaiting(0);
                case 4 -> one.keepWaiting(64);
                case 5 -> world.redis.forget(world.world.chance(0.5));
                case 6 -> one.stall(world.world.upTo(2 * SECOND));
                case 7 -> world.redis.isAway = !world.redis.isAway;
                case 8 -> world.redis.jumpClock(-world.world.upTo(10_000));
                default -> world.redis.jumpClock(600 + world.world.upTo(10_000));
            }
        }
    }

    private static boolean isOver(LeaseWorld world) {
        somethingHappens(world);
        return world.most() > 200;
    }

    /** Each of these mistakes is found. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "taken = taken + member.holds | taken = 0", // each gets its share at once: tokens, not places
                "(gap and other ~= process and member.holds > 0 and member.expires > last) | false",
                "memory.run ~= run or | ",
                "now + lease + cooldown | now + lease",
            })
    void aBrokenScriptIsNoticed(String right, String wrong) {
        assertThat(ModelRedis.script()).contains(right);
        String broken = ModelRedis.script().replace(right, wrong == null ? "" : wrong);
        assertThat(LongStream.range(0, 40).anyMatch(seed -> isOver(world(seed, broken, ALL))))
                .isTrue();
    }

    /** Processes that join and leave while the service stands still now and then. */
    private static boolean isOverWhenTheServiceStalls(LeaseWorld world) {
        for (int i = 0; i < 4; i++) {
            world.start().keepWaiting(64);
        }
        for (int step = 0; step < 20; step++) {
            world.world.runFor(SECOND + world.world.upTo(2 * SECOND));
            world.world.holdUp(world.world.upTo(2 * SECOND));
            world.processes.get(world.world.random.nextInt(4)).keepWaiting(world.world.chance(0.5) ? 64 : 0);
        }
        return world.most() > 200;
    }

    @Test
    void neverOverWhenTheServiceStalls() {
        assertThat(LongStream.range(0, 40).filter(seed -> isOverWhenTheServiceStalls(world(seed))))
                .isEmpty();
    }

    @Test
    void aPlaceGivenBackOneSecondAfterTheWriteIsNoticed() {
        assertThat(LongStream.range(0, 40).anyMatch(seed -> {
                    LeaseWorld world = world(seed);
                    world.givesBackAfterTheWrite = true;
                    return isOverWhenTheServiceStalls(world);
                }))
                .isTrue();
    }

    /** At the end nobody holds anything. */
    @Test
    void nothingLeaks() {
        for (long seed = 0; seed < 20; seed++) {
            LeaseWorld world = world(seed);
            world.redis.lost = 0.1;
            for (int i = 0; i < 5; i++) {
                world.start().keepWaiting(30);
            }
            world.world.runFor(8 * SECOND);
            world.redis.lost = 0;
            world.processes.forEach(process -> process.keepWaiting(0));
            world.world.runFor(5 * SECOND);
            assertThat(world.redis.members()).isZero();
            assertThat(world.processes).allMatch(process -> process.held() == 0);
        }
    }
}
