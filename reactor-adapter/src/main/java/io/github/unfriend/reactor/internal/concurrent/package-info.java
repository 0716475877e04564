/* SPDX-License-Identifier: Apache-2.0 */
/** What several packages need to work on one thing from many threads. It knows none of them. */
@NullMarked
package io.github.unfriend.reactor.internal.concurrent;

import org.jspecify.annotations.NullMarked;
