/* SPDX-License-Identifier: Apache-2.0 */
/** Passes on to Micrometer what the street tells. The only internal package that knows it; loaded only if it is used. */
@NullMarked
package io.github.unfriend.reactor.internal.micrometer;

import org.jspecify.annotations.NullMarked;
