/* SPDX-License-Identifier: Apache-2.0 */
/** Friend deletion as Mono and Flux: the gateway, its builder, and what a user may replace (pacer, retry policy). */
@NullMarked
package io.github.unfriend.reactor;

import org.jspecify.annotations.NullMarked;
