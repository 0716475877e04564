/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the gateway shows through Micrometer: {@link io.github.unfriend.reactor.micrometer.UnfriendObservation} and {@link
 * io.github.unfriend.reactor.micrometer.UnfriendMeter} name everything. Needs Micrometer; nothing outside this package
 * does, unless a registry is given to the builder.
 */
@NullMarked
package io.github.unfriend.reactor.micrometer;

import org.jspecify.annotations.NullMarked;
