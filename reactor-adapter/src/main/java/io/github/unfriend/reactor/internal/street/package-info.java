/* SPDX-License-Identifier: Apache-2.0 */
/** From accounts to results: gathering into batches, calls in flight, attempts, demand. */
@NullMarked
package io.github.unfriend.reactor.internal.street;

import org.jspecify.annotations.NullMarked;
