/* SPDX-License-Identifier: Apache-2.0 */
/** Checks and reads webhook requests; not for users, may change at any time. */
@NullMarked
package io.github.unfriend.internal.callback;

import org.jspecify.annotations.NullMarked;
