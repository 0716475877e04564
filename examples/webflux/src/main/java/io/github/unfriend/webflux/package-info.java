/* SPDX-License-Identifier: Apache-2.0 */
/** A WebFlux application with the gateway embedded. */
@NullMarked
package io.github.unfriend.webflux;

import org.jspecify.annotations.NullMarked;
