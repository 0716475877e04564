/* SPDX-License-Identifier: Apache-2.0 */
/** Whether anything grows while mixed work goes on for a long time. */
@NullMarked
package io.github.unfriend.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
