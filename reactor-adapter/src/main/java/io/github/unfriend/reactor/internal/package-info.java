/* SPDX-License-Identifier: Apache-2.0 */
/** The gateway itself, put together from the packages below. Not for users. */
@NullMarked
package io.github.unfriend.reactor.internal;

import org.jspecify.annotations.NullMarked;
