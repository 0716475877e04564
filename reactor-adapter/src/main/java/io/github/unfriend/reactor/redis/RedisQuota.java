/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What {@link RedisPacer#quota} gives: who holds how much of the quota of one API, as Redis remembers it.
 *
 * @param limit calls a second that may be leased, of all processes together; less than configured while the service
 *     refuses calls for their rate; -1 before the first request
 * @param pausedFor how long nobody is to call
 * @param holders the processes, most places first
 */
public record RedisQuota(int limit, Duration pausedFor, List<Holder> holders) {
    /** Values for each process in the answer of the script, and those before the first. */
    private static final int FOR_EACH = 4;

    private static final int BEFORE = 3;

    /**
     * One process.
     *
     * @param process its {@linkplain RedisPacerBuilder#processName name}, and what makes it unlike any other
     * @param holds places that it has
     * @param wants places that it could use
     * @param expiresIn when its places go to others if it is not heard of any more
     */
    public record Holder(String process, int holds, int wants, Duration expiresIn) {}

    static RedisQuota of(List<?> values) {
        long now = (Long) values.get(0);
        List<Holder> holders = new ArrayList<>();
        for (int i = BEFORE; i < values.size(); i += FOR_EACH) {
            holders.add(new Holder(
                    String.valueOf(values.get(i)),
                    ((Long) values.get(i + 2)).intValue(),
                    ((Long) values.get(i + 1)).intValue(),
                    left((Long) values.get(i + 3), now)));
        }
        holders.sort(Comparator.comparingInt(Holder::holds).reversed().thenComparing(Holder::process));
        return new RedisQuota(((Long) values.get(1)).intValue(), left((Long) values.get(2), now), List.copyOf(holders));
    }

    private static Duration left(long until, long now) {
        return Duration.ofMillis(Math.max(0, until - now));
    }
}
