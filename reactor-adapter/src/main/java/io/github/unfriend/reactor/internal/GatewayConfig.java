/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal;

import io.github.unfriend.Credentials;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerBuilder;
import io.github.unfriend.reactor.RetryPolicy;
import io.github.unfriend.reactor.UserSigProvider;
import io.github.unfriend.reactor.internal.observation.GatewayListener;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/**
 * What the builder collected; see there.
 *
 * @param credentials who calls; null if a provider does
 * @param provider gives UserSigs; null if there are credentials
 * @param primary where calls go
 * @param backup where they go when the primary cannot be reached, or null
 * @param maxConcurrentCalls calls of each API under way at once
 * @param readAhead calls of one stream that nobody has asked for yet
 * @param maxHeldAccounts elements of one stream that may wait for their call
 * @param maxWaitingCalls calls of each API that may wait for a connection
 * @param callTimeout for each attempt
 * @param connectTimeout how long a connection may take to open
 * @param maxIdleTime after which a kept connection is closed
 * @param callDeadline for all attempts of one call together
 * @param probeInterval from a refusal of the gateway to the next probe
 * @param linger how long an account waits for company
 * @param userSigLifetime how long a signature lives
 * @param clock dates signatures
 * @param retry what failures lead to
 * @param pacer the user's pacer, or null
 * @param ownPacer builds the pacer that is used otherwise
 * @param httpClient the user's part of the client
 * @param listener told what happens
 */
public record GatewayConfig(
        @Nullable Credentials credentials,
        @Nullable UserSigProvider provider,
        URI primary,
        @Nullable URI backup,
        int maxConcurrentCalls,
        int readAhead,
        int maxHeldAccounts,
        int maxWaitingCalls,
        Duration callTimeout,
        Duration connectTimeout,
        Duration maxIdleTime,
        Duration callDeadline,
        Duration probeInterval,
        Duration linger,
        Duration userSigLifetime,
        Clock clock,
        RetryPolicy retry,
        @Nullable Pacer pacer,
        PacerBuilder ownPacer,
        UnaryOperator<HttpClient> httpClient,
        GatewayListener listener) {}
