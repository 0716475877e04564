/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/**
 * The figures of the transport.
 *
 * @param primary where calls go
 * @param backup where they go when the primary cannot be reached, or null
 * @param maxConcurrentCalls connections of each API
 * @param maxWaitingCalls calls of each API that may wait for a connection
 * @param callTimeout from the request written to the whole answer read
 * @param connectTimeout how long a connection may take to open
 * @param maxIdleTime after which a kept connection is closed
 * @param customizer the user's own proxy, TLS, DNS
 */
public record TransportConfig(
        URI primary,
        @Nullable URI backup,
        int maxConcurrentCalls,
        int maxWaitingCalls,
        Duration callTimeout,
        Duration connectTimeout,
        Duration maxIdleTime,
        UnaryOperator<HttpClient> customizer) {}
