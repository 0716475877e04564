/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.Region;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Two real listeners, one of which dies and returns. */
@Tag("promise-5")
class BackupHostTest {

    private static FriendGateway gateway(Sandbox primary, Sandbox backup) {
        return FriendGateway.builder()
                .credentials(Sandboxes.CREDENTIALS)
                .region(Region.of("test", primary.uri(), backup.uri()))
                .retry(RetryPolicy.builder().baseDelay(Duration.ofMillis(5)).build())
                .build();
    }

    private static long deleted(FriendGateway gateway, int from, int count) {
        return await(gateway.delete(
                        DeleteType.SINGLE,
                        Flux.range(from, count).map(i -> new Friendship(FriendLists.name("owner-", i), "friend-00000")))
                .filter(item -> item.outcome() == Outcome.DELETED)
                .count());
    }

    @Test
    void callsGoToTheBackupWhileThePrimaryIsDeadAndBackWhenItReturns() {
        try (Sandbox backup = Sandbox.start()) {
            backup.friends().generate(2000, 1);
            Sandbox primary = Sandbox.start();
            primary.friends().generate(2000, 1);
            int port = primary.port();
            FriendGateway gateway = gateway(primary, backup);

            assertThat(deleted(gateway, 0, 20)).isEqualTo(20);
            assertThat(backup.score().calls()).isZero();

            primary.close();
            assertThat(deleted(gateway, 20, 20)).isEqualTo(20);
            assertThat(backup.score().deletions()).isEqualTo(20);

            try (Sandbox returned =
                    Sandbox.start(SandboxOptions.builder().port(port).build())) {
                returned.friends().generate(2000, 1);
                int next = 40;
                // One call in ten seconds is a probe; the first that gets through takes all calls back.
                while (returned.score().calls() == 0 && next < 300) {
                    assertThat(deleted(gateway, next++, 1)).isEqualTo(1);
                    Mono.delay(Duration.ofMillis(100)).block();
                }
                long before = backup.score().calls();
                assertThat(deleted(gateway, 400, 20)).isEqualTo(20);
                assertThat(backup.score().calls()).isEqualTo(before);
                assertThat(returned.score().calls()).isGreaterThanOrEqualTo(21);
            }
            gateway.dispose();
        }
    }

    @Test
    void errorsOfTheApiAndBrokenAnswersNeverMoveCallsToTheBackup() {
        try (Sandbox primary = Sandbox.start();
                Sandbox backup = Sandbox.start()) {
            primary.friends().generate(100, 1);
            primary.misbehave(FaultPlan.parse("code:30006=0.2,reset-before=0.1,bad-gateway=0.2,garbage=0.1", 3));
            FriendGateway gateway = gateway(primary, backup);
            deleted(gateway, 0, 100);
            assertThat(backup.score().connectionsOpened()).isZero();
            gateway.dispose();
        }
    }

    private static FriendGatewayBuilder gateway(URI primary, Sandbox backup) {
        backup.friends().generate(20, 1);
        return FriendGateway.builder()
                .credentials(Sandboxes.CREDENTIALS)
                .region(Region.of("test", primary, backup.uri()))
                .maxConcurrentCalls(1)
                .retry(RetryPolicy.builder().baseDelay(Duration.ofMillis(5)).build());
    }

    private static void allGoToTheBackup(FriendGatewayBuilder builder, Sandbox backup) {
        FriendGateway gateway = builder.build();
        assertThat(deleted(gateway, 0, 20)).isEqualTo(20);
        assertThat(backup.score().deletions()).isEqualTo(20);
        gateway.dispose();
    }

    /** As a balancer does whose servers are all gone. */
    @Test
    void aPrimaryThatAcceptsAndClosesAtOnceIsAFaultOfTheHost() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        try (Sandbox backup = Sandbox.start();
                ServerSocket balancer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread closing = new Thread(() -> {
                try {
                    while (true) {
                        Socket socket = balancer.accept();
                        accepted.incrementAndGet();
                        socket.close();
                    }
                } catch (IOException over) {
                    // the listener was closed
                }
            });
            closing.start();
            allGoToTheBackup(
                    gateway(URI.create("http://127.0.0.1:" + balancer.getLocalPort()), backup)
                            .pacer(StubPacer.after(Duration.ofMillis(100))),
                    backup);
        }
        assertThat(accepted.get())
                .as("three faults, and a probe in ten seconds")
                .isBetween(3, 8);
    }

    @Test
    void aPrimaryThatSpeaksNoTlsIsAFaultOfTheHost() {
        try (Sandbox plain = Sandbox.start();
                Sandbox backup = Sandbox.start()) {
            allGoToTheBackup(gateway(URI.create("https://127.0.0.1:" + plain.port()), backup), backup);
        }
    }

    @Test
    void aPrimaryWhoseNameIsNotKnownIsAFaultOfTheHost() {
        AddressResolverGroup<InetSocketAddress> nobodyKnows = new AddressResolverGroup<>() {
            @Override
            protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
                return new InetNameResolver(executor) {
                    @Override
                    protected void doResolve(String host, Promise<InetAddress> promise) {
                        promise.setFailure(new UnknownHostException(host));
                    }

                    @Override
                    protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
                        promise.setFailure(new UnknownHostException(host));
                    }
                }.asAddressResolver();
            }
        };
        try (Sandbox backup = Sandbox.start()) {
            allGoToTheBackup(
                    gateway(URI.create("https://chat.example.com"), backup)
                            .httpClient(client -> client.resolver(nobodyKnows)),
                    backup);
        }
    }
}
