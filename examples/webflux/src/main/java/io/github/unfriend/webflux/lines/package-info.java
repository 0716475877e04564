/* SPDX-License-Identifier: Apache-2.0 */
/** Friendships in, results out: one line each. */
@NullMarked
package io.github.unfriend.webflux.lines;

import org.jspecify.annotations.NullMarked;
