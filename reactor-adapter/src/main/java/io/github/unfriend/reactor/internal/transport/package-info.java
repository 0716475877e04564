/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One attempt of one call over Reactor Netty: the UserSig at hand, a connection, the permit, the wire, the answer. {@code
 * HttpTransport} is the way from above; {@code Attempt} keeps what one attempt has reached, and so whether the service may
 * have seen it. {@code PacedWrite} waits for the permit with the connection in hand. {@code HttpClients} makes the clients
 * and checks what the user's hook returns. {@code HttpFraming} sees to it that an answer belongs to its request. {@code
 * HostSelector} moves calls to the backup host. {@code UserSigs} has the signature.
 *
 * <p>What does not live here: what an answer means ({@code call}), when a call may leave ({@code pacing}), whether it is
 * repeated ({@code retry}). Nothing here repeats a request. Writing and reading happen on the event loop of the
 * connection, timeouts count on the workers of the gateway.
 */
@NullMarked
package io.github.unfriend.reactor.internal.transport;

import org.jspecify.annotations.NullMarked;
