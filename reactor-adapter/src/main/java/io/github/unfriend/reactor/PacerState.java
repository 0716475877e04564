/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import java.time.Duration;

/**
 * What {@link Pacer#state} gives: what a pacer is doing for one API at this moment; a snapshot, for dashboards and
 * health checks.
 *
 * @param callsPerSecond the most calls it lets pass in a sliding second now: the configured limit, or less while the
 *     service refuses calls for their rate
 * @param waiting calls that wait for a permit
 * @param inFlight permits granted and neither answered nor given back; a call that gets no answer counts until nobody
 *     waits for it any more
 * @param pausedFor how long no permit will be granted; zero when not paused
 * @param calls calls written since the pacer was built, repeated ones included
 */
public record PacerState(int callsPerSecond, int waiting, int inFlight, Duration pausedFor, long calls) {}
