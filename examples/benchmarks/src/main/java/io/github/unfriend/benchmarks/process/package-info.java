/* SPDX-License-Identifier: Apache-2.0 */
/** The processes of a comparison: children of this one, how they are started, told to stop, and ended. */
@NullMarked
package io.github.unfriend.benchmarks.process;

import org.jspecify.annotations.NullMarked;
