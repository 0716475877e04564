/* SPDX-License-Identifier: Apache-2.0 */
/** The webhook of the service as a route of a WebFlux application; needs {@code spring-webflux}. */
@NullMarked
package io.github.unfriend.reactor.webhook;

import org.jspecify.annotations.NullMarked;
