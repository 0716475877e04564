/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;

import io.github.unfriend.reactor.internal.lease.LeaseConfig;
import io.github.unfriend.reactor.internal.lease.LeaseKeeper;
import io.github.unfriend.reactor.internal.lease.LeaseReply;
import io.github.unfriend.reactor.internal.lease.LeaseRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import redis.clients.jedis.Jedis;

/**
 * The real script, executed by a real Redis, in the virtual time of a {@link World}. The way there takes time and loses
 * messages; Redis can be away, forget, become another one, and its clock can jump.
 */
final class ModelRedis {

    private static final String KEY = "places";

    private final World world;
    private final Jedis redis;
    private final String script;
    private final LeaseConfig config;

    long mostToRedis = 5 * MILLI;
    double lost;
    boolean isAway;

    private String run = "1a";
    private long clock = 1_000_000_000_000L;
    private int commands;

    ModelRedis(World world, Jedis redis, String script, LeaseConfig config) {
        this.world = world;
        this.redis = redis;
        this.script = redis.scriptLoad(script);
        this.config = config;
        redis.flushAll();
    }

    /** The script, with the time and the identity of the server as arguments. */
    static String script() {
        try (InputStream in = LeaseKeeper.class.getResourceAsStream("/io/github/unfriend/reactor/redis/lease.lua")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.replace("redis.call('TIME')", "{ ARGV[11], ARGV[12] }")
                    .replace("string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')", "ARGV[13]");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It forgets everything, and maybe is another one. */
    void forget(boolean isAnother) {
        redis.flushAll();
        if (isAnother) {
            run = Integer.toHexString(world.random.nextInt(1 << 20));
        }
    }

    void jumpClock(long millis) {
        clock += millis;
    }

    int commands() {
        return commands;
    }

    long members() {
        return redis.hkeys(KEY).stream().filter(name -> name.startsWith("p:")).count();
    }

    /** Asks for a process, which takes what it is told when the answer has come to it. */
    Mono<LeaseReply> ask(String process, LeaseRequest request, Consumer<Runnable> arrives) {
        return Mono.create(sink -> {
            if (isAway || world.chance(lost)) {
                return;
            }
            world.onServer(world.upTo(mostToRedis), () -> {
                LeaseReply reply = isAway ? null : execute(process, request);
                if (!world.chance(lost) && reply != null) {
                    world.onServer(world.upTo(mostToRedis), () -> arrives.accept(() -> sink.success(reply)));
                }
            });
        });
    }

    private @Nullable LeaseReply execute(String process, LeaseRequest request) {
        commands++;
        long millis = clock + Math.floorDiv(world.now(), MILLI);
        List<?> values = (List<?>) redis.evalsha(
                script,
                1,
                KEY,
                process,
                Long.toString(request.sequence()),
                Integer.toString(request.wants()),
                Integer.toString(request.holds()),
                Integer.toString(config.leasable()),
                "800",
                "1500",
                "2500",
                Integer.toString(request.refusals()),
                Long.toString(request.pauseMillis()),
                Long.toString(millis / 1000),
                Long.toString(millis % 1000 * 1000),
                run);
        return values.isEmpty()
                ? null
                : new LeaseReply(
                        (int) number(values, 0),
                        (int) number(values, 1),
                        number(values, 2),
                        (int) number(values, 3),
                        (int) number(values, 4));
    }

    private static long number(List<?> values, int index) {
        return ((Number) values.get(index)).longValue();
    }
}
