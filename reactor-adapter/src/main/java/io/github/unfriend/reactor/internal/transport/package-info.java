/* SPDX-License-Identifier: Apache-2.0 */
/** One attempt of one call over Reactor Netty: connection, permit, wire, answer. */
@NullMarked
package io.github.unfriend.reactor.internal.transport;

import org.jspecify.annotations.NullMarked;
