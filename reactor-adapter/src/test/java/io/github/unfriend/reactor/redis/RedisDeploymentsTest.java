/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;
import redis.embedded.RedisSentinel;

/** A pacer over each kind of Redis that Lettuce connects to, beside the standalone one of {@link RedisPacerTest}. */
@Tag("promise-2")
class RedisDeploymentsTest {

    private final Sandbox sandbox = Sandbox.start();
    private Disposable work = Disposables.disposed();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private FriendGateway busy(RedisPacer pacer) {
        sandbox.friends().generate(10, 10);
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox).pacer(pacer).build();
        work = gateway.deleteAll(
                        DeleteType.SINGLE,
                        Flux.range(0, Integer.MAX_VALUE).map(i -> FriendLists.name("owner-", i % 10)))
                .subscribe(result -> {}, error -> {});
        return gateway;
    }

    private void paces(RedisPacerBuilder builder) {
        RedisPacer pacer = builder.sdkAppId(SandboxOptions.SDK_APP_ID)
                .guard(RedisPacerTest.GUARD)
                .build();
        FriendGateway gateway = busy(pacer);
        eventually(() -> pacer.state(Api.FRIEND_DELETE_ALL).callsPerSecond() == 200
                && sandbox.score().calls() > 100);
        assertThat(pacer.trouble()).isEmpty();
        end(gateway, pacer);
    }

    private void end(FriendGateway gateway, RedisPacer pacer) {
        work.dispose();
        gateway.disposeLater(Duration.ofSeconds(5)).block(Duration.ofSeconds(10));
        pacer.dispose();
        assertThat(sandbox.score().mostInAnySecond(io.github.unfriend.sandbox.Api.FRIEND_DELETE_ALL))
                .isLessThanOrEqualTo(200);
    }

    @Test
    void aClusterOfThreeNodes() {
        List<LocalRedis> nodes = LocalRedis.cluster(3);
        RedisClusterClient client = RedisClusterClient.create(nodes.get(0).uri());
        paces(RedisPacer.builder(client));
        client.shutdown();
        nodes.forEach(LocalRedis::close);
    }

    /** The replica knows as much as was copied in time: the promise says so. Here everything was. */
    @Test
    void afterAFailoverSentinelNamesTheNewMaster() throws Exception {
        LocalRedis master = new LocalRedis();
        LocalRedis replica = master.replica();
        replica.tell(commands -> eventually(() -> commands.info("replication").contains("master_link_status:up")));
        int port = LocalRedis.freePort();
        RedisSentinel sentinel = RedisSentinel.newRedisSentinel()
                .port(port)
                .bind("127.0.0.1")
                .masterName("places")
                .masterPort(master.port())
                .quorumSize(1)
                .downAfterMilliseconds(1_000)
                .failOverTimeout(3_000)
                .build();
        sentinel.start();
        RedisPacer pacer = RedisPacer.builder("redis-sentinel://127.0.0.1:" + port + "#places")
                .sdkAppId(SandboxOptions.SDK_APP_ID)
                .guard(RedisPacerTest.GUARD)
                .build();
        FriendGateway gateway = busy(pacer);
        eventually(() -> pacer.state(Api.FRIEND_DELETE_ALL).callsPerSecond() == 200);

        master.stop();
        eventually(() -> pacer.trouble().isPresent());
        eventually(() ->
                pacer.trouble().isEmpty() && pacer.state(Api.FRIEND_DELETE_ALL).callsPerSecond() == 200);
        replica.tell(commands -> assertThat(commands.info("replication")).contains("role:master"));
        long before = sandbox.score().calls();
        eventually(() -> sandbox.score().calls() > before + 100);

        end(gateway, pacer);
        sentinel.stop();
        replica.close();
    }

    @Test
    void overTls() throws Exception {
        LocalRedis redis = new LocalRedis();
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        DisposableServer tls = TcpServer.create()
                .host("127.0.0.1")
                .port(0)
                .secure(spec -> spec.sslContext(sslContext(certificate)))
                .handle((in, out) -> joined(in, out, redis.port()))
                .bindNow();
        paces(RedisPacer.builder("rediss://localhost:" + tls.port() + "?verifyPeer=NONE"));
        RedisPacer strict = RedisPacer.builder("rediss://localhost:" + tls.port())
                .sdkAppId(SandboxOptions.SDK_APP_ID)
                .guard(RedisPacerTest.GUARD)
                .build();
        FriendGateway gateway = busy(strict);
        eventually(() -> strict.trouble().isPresent());
        assertThat(strict.problem()).as("nobody vouches for the certificate").contains("UNREACHABLE");
        end(gateway, strict);
        tls.disposeNow();
        redis.close();
    }

    private static io.netty.handler.ssl.SslContext sslContext(X509Bundle certificate) {
        try {
            return SslContextBuilder.forServer(certificate.getKeyPair().getPrivate(), certificate.getCertificatePath())
                    .build();
        } catch (javax.net.ssl.SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Redis behind it does not speak TLS. */
    private static Publisher<Void> joined(NettyInbound in, NettyOutbound out, int port) {
        return TcpClient.create().host("127.0.0.1").port(port).connect().flatMap(redis -> {
            Mono<Void> there = redis.outbound().send(in.receive().retain()).then();
            Mono<Void> back = out.send(redis.inbound().receive().retain()).then();
            return Mono.firstWithSignal(there, back).doFinally(end -> redis.dispose());
        });
    }
}
