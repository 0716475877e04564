/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import io.github.unfriend.reactor.internal.lease.LeaseConfig;
import io.github.unfriend.reactor.internal.lease.LeaseReply;
import io.github.unfriend.reactor.internal.lease.LeaseRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The script that counts the places, its arguments and its answer. */
final class LeaseScript {

    /** The script itself. */
    static final String TEXT = read("lease.lua");
    /** The script that only looks. */
    static final String STATUS = read("status.lua");

    private LeaseScript() {}

    private static String read(String name) {
        try (InputStream in = LeaseScript.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String[] arguments(String process, int limit, LeaseRequest request) {
        return new String[] {
            process,
            Long.toString(request.sequence()),
            Integer.toString(request.wants()),
            Integer.toString(request.holds()),
            Integer.toString(limit),
            Long.toString(LeaseConfig.LEASE.toMillis()),
            Long.toString(LeaseConfig.COOL_DOWN.toMillis()),
            Long.toString(LeaseConfig.RECOVERY.toMillis()),
            Integer.toString(request.refusals()),
            Long.toString(request.pauseMillis())
        };
    }

    /** What the script gave; null for a request that was stale. */
    static @Nullable LeaseReply reply(List<?> values) {
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
