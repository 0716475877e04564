/* SPDX-License-Identifier: Apache-2.0 */
/** What each failure leads to: the table of the design as code, back-off and the retry budget. */
@NullMarked
package io.github.unfriend.reactor.internal.retry;

import org.jspecify.annotations.NullMarked;
