/* SPDX-License-Identifier: Apache-2.0 */
/** What each failure leads to, how long accounts wait before they go again, and how much may be repeated. */
@NullMarked
package io.github.unfriend.reactor.internal.retry;

import org.jspecify.annotations.NullMarked;
