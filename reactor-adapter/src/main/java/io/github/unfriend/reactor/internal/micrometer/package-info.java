/* SPDX-License-Identifier: Apache-2.0 */
/** Passes on to Micrometer what streams, calls and transport report. Loaded only if Micrometer is used. */
@NullMarked
package io.github.unfriend.reactor.internal.micrometer;

import org.jspecify.annotations.NullMarked;
