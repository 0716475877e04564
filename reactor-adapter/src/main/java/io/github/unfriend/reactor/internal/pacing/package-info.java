/* SPDX-License-Identifier: Apache-2.0 */
/** When a call may leave: one lane for each API, places in a sliding second, a queue of callers. */
@NullMarked
package io.github.unfriend.reactor.internal.pacing;

import org.jspecify.annotations.NullMarked;
