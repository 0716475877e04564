/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import io.github.unfriend.reactor.Sandboxes;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/**
 * A real Redis on a free port of the loopback address: the one that the build brings along, or the one that the system
 * property {@code unfriend.redis-server} names.
 */
public final class LocalRedis implements AutoCloseable {

    /** Where distributions install it. */
    static final String INSTALLED = "/usr/bin/redis-server";

    private static final int SLOTS = 16_384;
    private static final @Nullable String NAMED = System.getProperty("unfriend.redis-server");

    private final int port;
    private final @Nullable String executable;
    private final List<String> settings;
    private RedisServer server;

    /** Starts it, and waits until it listens. */
    public LocalRedis() {
        this(freePort());
    }

    /** Starts it on a given port. */
    public LocalRedis(int port) {
        this(port, NAMED, List.of());
    }

    private LocalRedis(int port, @Nullable String executable, List<String> settings) {
        this.port = port;
        this.executable = executable;
        this.settings = settings;
        this.server = start();
    }

    /** The one that is installed on this machine. */
    static LocalRedis installed() {
        return new LocalRedis(freePort(), INSTALLED, List.of());
    }

    /** A cluster of one node, which has all slots. */
    public static LocalRedis cluster() {
        return cluster(1).get(0);
    }

    /** A cluster of so many nodes, which share the slots. */
    public static List<LocalRedis> cluster(int nodes) {
        List<LocalRedis> cluster =
                Stream.generate(LocalRedis::node).limit(nodes).toList();
        for (int i = 0; i < nodes; i++) {
            int[] slots =
                    IntStream.range(SLOTS * i / nodes, SLOTS * (i + 1) / nodes).toArray();
            cluster.get(i).tell(commands -> {
                commands.clusterAddSlots(slots);
                cluster.forEach(other -> commands.clusterMeet("127.0.0.1", other.port));
            });
        }
        cluster.forEach(node -> node.tell(
                commands -> Sandboxes.eventually(() -> commands.clusterInfo().contains("cluster_state:ok"))));
        return cluster;
    }

    private static LocalRedis node() {
        int port = freePort();
        Path state = Path.of(System.getProperty("java.io.tmpdir"), "unfriend-nodes-" + port + ".conf");
        state.toFile().deleteOnExit();
        return new LocalRedis(
                port, NAMED, List.of("cluster-enabled yes", "cluster-config-file " + state.toAbsolutePath()));
    }

    /** One that copies this one. */
    LocalRedis replica() {
        return new LocalRedis(freePort(), executable, List.of("replicaof 127.0.0.1 " + port));
    }

    /** Gives it commands on a connection for them. */
    void tell(Consumer<RedisCommands<String, String>> commands) {
        RedisClient client = RedisClient.create(uri());
        try {
            commands.accept(client.connect().sync());
        } finally {
            client.shutdown();
        }
    }

    /**
     * A port that is free, and so is the one of a cluster's bus, 10,000 higher. Both are below the ports that the
     * system gives to connections, so that none takes one of them before Redis starts, or while it is stopped.
     */
    static int freePort() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(10_000, 22_000))
                .limit(1_000)
                .filter(port -> isFree(port) && isFree(port + 10_000))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private RedisServer start() {
        try {
            RedisServerBuilder builder = RedisServer.newRedisServer()
                    .port(port)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no");
            settings.forEach(builder::setting);
            if (executable != null) {
                builder.executableProvider(() -> new File(executable));
            }
            RedisServer started = builder.build();
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** Ends its process; what it knew is gone. */
    public void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts another one on the same port, without memory. */
    public void restart() {
        server = start();
    }

    @Override
    public void close() {
        stop();
    }
}
