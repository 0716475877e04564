/* SPDX-License-Identifier: Apache-2.0 */
/** One quota over many processes: clients in processes of their own, one Redis, one judge. */
@NullMarked
package io.github.unfriend.benchmarks.lease;

import org.jspecify.annotations.NullMarked;
