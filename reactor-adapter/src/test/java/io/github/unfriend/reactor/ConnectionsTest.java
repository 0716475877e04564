/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** Connections that close or go silent cost no account its result (W3, W4, W9). */
@Tag("promise-1")
class ConnectionsTest {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        root.detachAppender(log);
    }

    private List<String> warnings() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .toList();
    }

    private static FriendGatewayBuilder gatewayTo(RawPeer peer) {
        return FriendGateway.builder()
                .credentials(Sandboxes.CREDENTIALS)
                .endpoint(peer.uri())
                .retry(RetryPolicy.builder()
                        .baseDelay(Duration.ofMillis(1))
                        .maxAttempts(2)
                        .build());
    }

    private static Flux<ResultItem> delete(FriendGateway gateway, int owners) {
        return gateway.delete(DeleteType.SINGLE, Flux.range(0, owners).map(i -> new Friendship("owner-" + i, "bob")));
    }

    /** Closes a connection on which nothing was asked for so long, with these words. */
    private static RawPeer impatient(int millis, String words) {
        return new RawPeer(line -> {
            line.patience(millis);
            try {
                for (String request = line.read(); request != null; request = line.read()) {
                    line.write(RawPeer.answerTo(request, 0));
                }
            } catch (SocketTimeoutException idle) {
                line.write(words);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"})
    void aConnectionThatClosesWhileItsCallWaitsCostsNothing(String words) {
        try (RawPeer peer = impatient(200, words)) {
            FriendGateway gateway = gatewayTo(peer)
                    .callsPerSecond(3)
                    .maxConcurrentCalls(2)
                    .retry(RetryPolicy.builder().maxAttempts(1).build())
                    .build();
            List<ResultItem> items = await(delete(gateway, 6));
            assertThat(items).hasSize(6).allMatch(item -> item.outcome() == Outcome.DELETED);
            assertThat(peer.requests).as("nothing is sent twice").hasSize(6);
            assertThat(warnings()).isEmpty();
            gateway.dispose();
        }
    }

    @Test
    void fewConnectionsAreOpenedForASlowPacer() {
        try (RawPeer peer = impatient(2_000, "")) {
            FriendGateway gateway = gatewayTo(peer).callsPerSecond(10).build();
            assertThat(await(delete(gateway, 20))).hasSize(20).allMatch(item -> item.outcome() == Outcome.DELETED);
            assertThat(peer.connections.get())
                    .as("for 20 calls, 10 a second: those that wait for a second at most")
                    .isLessThanOrEqualTo(11);
            gateway.dispose();
        }
    }

    @Test
    void whenAllKeptConnectionsGoSilentTheNextAttemptHasANewOne() {
        AtomicInteger old = new AtomicInteger();
        AtomicBoolean silent = new AtomicBoolean();
        AtomicInteger swallowed = new AtomicInteger();
        try (RawPeer peer = new RawPeer(line -> {
            for (String request = line.read(); request != null; request = line.read()) {
                if (silent.get() && line.number() <= old.get()) {
                    swallowed.incrementAndGet();
                    line.swallow();
                    return;
                }
                Thread.sleep(50); // so that many connections are open at once
                line.write(RawPeer.answerTo(request, 0));
            }
        })) {
            FriendGateway gateway = gatewayTo(peer)
                    .callTimeout(Duration.ofMillis(300))
                    .retry(RetryPolicy.builder()
                            .baseDelay(Duration.ofMillis(1))
                            .maxAttempts(3)
                            .build())
                    .build();
            assertThat(await(delete(gateway, 40))).hasSize(40);
            old.set(peer.connections.get());
            assertThat(old.get()).as("kept connections").isGreaterThan(4);
            silent.set(true);
            assertThat(await(delete(gateway, 1))).allMatch(item -> item.outcome() == Outcome.DELETED);
            assertThat(swallowed.get()).as("timeouts").isBetween(1, 2);
            gateway.dispose();
        }
    }
}
