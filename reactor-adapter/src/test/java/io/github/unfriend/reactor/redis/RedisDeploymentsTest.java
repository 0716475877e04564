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
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
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
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        ServerSocket tls = context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        inBackground(() -> {
            while (true) {
                Socket client = tls.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), redis.port());
                inBackground(() -> copy(client, server));
                inBackground(() -> copy(server, client));
            }
        });
        String uri = "rediss://" + tls.getInetAddress().getHostAddress() + ":" + tls.getLocalPort();
        // Lettuce makes its TLS context on its event loop, which reads random numbers of the system there: BlockHound
        // would end that at times. It does not look at plain threads.
        ClientResources plainThreads = DefaultClientResources.builder()
                .threadFactoryProvider(pool -> Thread::new)
                .build();
        RedisClient trusting = RedisClient.create(plainThreads, uri + "?verifyPeer=NONE");
        paces(RedisPacer.builder(trusting));
        RedisClient careful = RedisClient.create(plainThreads, uri);
        RedisPacer strict = RedisPacer.builder(careful)
                .sdkAppId(SandboxOptions.SDK_APP_ID)
                .guard(RedisPacerTest.GUARD)
                .build();
        FriendGateway gateway = busy(strict);
        eventually(() -> strict.trouble().isPresent());
        assertThat(strict.problem()).as("nobody vouches for the certificate").contains("Redis: UNREACHABLE");
        end(gateway, strict);
        trusting.shutdown();
        careful.shutdown();
        plainThreads.shutdown().sync();
        tls.close();
        redis.close();
    }

    /** Redis behind it does not speak TLS. */
    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // the end of the test, or of the other side
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
