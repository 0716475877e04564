/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import java.util.List;

/**
 * What a judge is told.
 *
 * @param latency how long answers take
 * @param path what lies between the clients and it
 * @param friends how many accounts exist to be deleted, {@code friend-00000} and so on
 * @param seconds length of the run from the first call on
 */
public record JudgeOptions(ServiceLatency latency, NetworkPath path, int friends, int seconds) {

    List<String> command() {
        return List.of(
                "judge",
                "--latency",
                latency.name(),
                "--path",
                path.name(),
                "--friends",
                Integer.toString(friends),
                "--seconds",
                Integer.toString(seconds));
    }
}
