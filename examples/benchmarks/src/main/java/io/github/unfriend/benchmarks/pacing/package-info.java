/* SPDX-License-Identifier: Apache-2.0 */
/** How many calls a second really arrive: clients side by side, each cold, each judged by a server of its own. */
@NullMarked
package io.github.unfriend.benchmarks.pacing;

import org.jspecify.annotations.NullMarked;
