/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import java.time.Duration;

/**
 * What {@link RedisPacer#lease} gives: what one process has of the quota of one API.
 *
 * @param holds places that it has; 0 once its lease has ended
 * @param wants places that it could use when it last asked
 * @param processes how many hold or want places, this one included
 * @param age since Redis last answered; zero before it was asked. More than a second means: Redis is away, or nothing is
 *     to be called
 * @param errors requests to which Redis gave no useful answer, since the pacer was built
 */
public record RedisLease(int holds, int wants, int processes, Duration age, long errors) {}
