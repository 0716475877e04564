/* SPDX-License-Identifier: Apache-2.0 */
/** How many calls a second the gateway makes behind operators that request few results at a time. */
@NullMarked
package io.github.unfriend.benchmarks.demand;

import org.jspecify.annotations.NullMarked;
