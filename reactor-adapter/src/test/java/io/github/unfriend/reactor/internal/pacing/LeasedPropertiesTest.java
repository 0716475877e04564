/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.redis.LocalRedis;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import redis.clients.jedis.Jedis;

/** What holds for the places of one process holds for leased ones; many processes: see {@link LeasedQuotaTest}. */
@Tag("promise-2")
@Domain(Scenarios.class)
@SuppressWarnings("NullAway.Init") // both are set before the first property
class LeasedPropertiesTest {

    private static LocalRedis server;
    private static Jedis redis;

    @BeforeContainer
    static void start() {
        server = new LocalRedis();
        redis = new Jedis(server.uri());
    }

    @AfterContainer
    static void stop() {
        redis.close();
        server.close();
    }

    private static final Scenario.Maker LEASED = new Scenario.Maker() {
        @Override
        public Pacer make(World world, int limit) {
            return new LeasedPacer(world, limit, redis);
        }

        // Redis has forgotten who was idle, and waits until every lease must have ended.
        @Override
        public long ready() {
            return 4 * SECOND;
        }
    };

    @Property(tries = 100, seed = "20261127")
    void holdsWhateverHappens(@ForAll Scenario scenario) {
        List<String> complaints = scenario.complaints(LEASED);
        assertThat(complaints).as(scenario.toString()).isEmpty();
    }
}
