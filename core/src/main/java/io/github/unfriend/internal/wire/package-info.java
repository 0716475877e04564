/* SPDX-License-Identifier: Apache-2.0 */
/** The URL and the JSON of the two APIs, without any transport: bytes out, bytes in. */
@NullMarked
package io.github.unfriend.internal.wire;

import org.jspecify.annotations.NullMarked;
