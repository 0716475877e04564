/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import io.github.unfriend.Api;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;

/**
 * What a judge has seen in one run.
 *
 * @param seconds length of the run
 * @param arrivals when calls arrived
 * @param refused answers with an ErrorCode
 * @param violations of the protocol
 * @param connections that were opened
 * @param lateMicros by how much the judge itself was late at worst
 */
public record JudgeReport(
        int seconds, Map<Api, Arrivals> arrivals, long refused, long violations, long connections, long lateMicros) {

    /** The first two seconds, in which all is cold, are judged for the most calls, not for the rate. */
    public static final Duration WARM_UP = Duration.ofSeconds(2);

    /**
     * When calls of an API arrived.
     *
     * @param api the API
     * @return the times, none if there was no call
     */
    public Arrivals arrivals(Api api) {
        return arrivals.getOrDefault(api, Arrivals.of());
    }

    /**
     * Judges the calls of one API.
     *
     * @param api the API
     * @param warmUp how much of the run does not count for the rate, from its beginning
     * @param failures what failed at the client
     * @return the figures of this run
     */
    public Verdict verdict(Api api, Duration warmUp, long failures) {
        long from = warmUp.toNanos();
        Arrivals seen = arrivals(api);
        long end = Duration.ofSeconds(seconds).toNanos();
        return new Verdict(
                seen.mostInAnySecond(),
                seen.meanInASecond(from, end),
                seen.rate(from, end),
                refused,
                failures + violations,
                lateMicros,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
