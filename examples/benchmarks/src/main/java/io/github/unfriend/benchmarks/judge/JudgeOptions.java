/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import java.time.Duration;
import java.util.List;

/**
 * What a judge is told.
 *
 * @param latency how long answers take
 * @param proxyDelay how long a proxy before it holds the first request of each connection; zero for no proxy
 * @param friends how many accounts exist to be deleted, {@code friend-00000} and so on
 * @param seconds length of the run from the first call on
 */
public record JudgeOptions(ServiceLatency latency, Duration proxyDelay, int friends, int seconds) {

    List<String> command() {
        return List.of(
                "judge",
                "--latency",
                latency.name(),
                "--proxy-delay-millis",
                Long.toString(proxyDelay.toMillis()),
                "--friends",
                Integer.toString(friends),
                "--seconds",
                Integer.toString(seconds));
    }
}
