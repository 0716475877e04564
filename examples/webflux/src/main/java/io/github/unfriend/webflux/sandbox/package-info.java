/* SPDX-License-Identifier: Apache-2.0 */
/** The embedded sandbox that plays the service. */
@NullMarked
package io.github.unfriend.webflux.sandbox;

import org.jspecify.annotations.NullMarked;
