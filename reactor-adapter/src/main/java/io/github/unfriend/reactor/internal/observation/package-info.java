/* SPDX-License-Identifier: Apache-2.0 */
/** Where the street and the transport tell what happens, without knowing who listens. */
@NullMarked
package io.github.unfriend.reactor.internal.observation;

import org.jspecify.annotations.NullMarked;
