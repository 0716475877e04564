/* SPDX-License-Identifier: Apache-2.0 */
/** What streams, calls and transport report, without knowing who listens. */
@NullMarked
package io.github.unfriend.reactor.internal.observation;

import org.jspecify.annotations.NullMarked;
