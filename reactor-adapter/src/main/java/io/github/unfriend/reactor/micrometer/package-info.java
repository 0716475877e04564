/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The observation that the gateway makes of each call through Micrometer; the meters stand in the README.md of
 * this module. Needs Micrometer; nothing outside this package does, unless a registry is given to the builder.
 */
@NullMarked
package io.github.unfriend.reactor.micrometer;

import org.jspecify.annotations.NullMarked;
