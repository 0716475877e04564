/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One quota over many processes: a {@link io.github.unfriend.reactor.Pacer} whose places are leased from Redis. Needs {@code
 * io.lettuce:lettuce-core}, which does not come along with this module.
 */
@NullMarked
package io.github.unfriend.reactor.redis;

import org.jspecify.annotations.NullMarked;
