/* SPDX-License-Identifier: Apache-2.0 */
/** The command line of the benchmarks. */
@NullMarked
package io.github.unfriend.benchmarks;

import org.jspecify.annotations.NullMarked;
