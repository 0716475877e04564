/* SPDX-License-Identifier: Apache-2.0 */
/** How many calls leave, and how many are allowed to. */
@NullMarked
package io.github.unfriend.webflux.calls;

import org.jspecify.annotations.NullMarked;
