/* SPDX-License-Identifier: Apache-2.0 */
/** Shared by the packages of this module; not for users, may change at any time. */
@NullMarked
package io.github.unfriend.internal;

import org.jspecify.annotations.NullMarked;
