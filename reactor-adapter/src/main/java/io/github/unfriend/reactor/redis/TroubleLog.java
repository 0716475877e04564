/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Says once that Redis is in trouble, once for each other kind of it, and once that it is over. */
final class TroubleLog {

    private static final Logger LOG = Loggers.getLogger("io.github.unfriend.reactor.redis");

    private final String name;
    private final AtomicReference<@Nullable RedisTrouble> current = new AtomicReference<>();

    TroubleLog(String name) {
        this.name = name;
    }

    Optional<RedisTrouble> current() {
        return Optional.ofNullable(current.get());
    }

    void begins(Throwable error, int fallback) {
        RedisTrouble now = RedisTrouble.of(error);
        RedisTrouble before = current.getAndSet(now);
        if (before == null || before.kind() != now.kind()) {
            LOG.warn(
                    "No places can be leased from Redis for {} ({}): {}. When the lease ends, this process makes {} calls a"
                            + " second for each API.",
                    name,
                    now.kind(),
                    now.message(),
                    fallback);
        }
    }

    void over() {
        if (current.getAndSet(null) != null) {
            LOG.info("Redis answers again for {}.", name);
        }
    }
}
