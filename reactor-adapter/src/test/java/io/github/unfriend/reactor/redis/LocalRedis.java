/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** A real Redis that the build brings along, on a free port of the loopback address. */
public final class LocalRedis implements AutoCloseable {

    private final int port;
    private RedisServer server;

    /** Starts it, and waits until it listens. */
    public LocalRedis() {
        this(freePort());
    }

    /** Starts it on a given port. */
    public LocalRedis(int port) {
        this.port = port;
        this.server = start();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RedisServer start() {
        try {
            RedisServer started = RedisServer.newRedisServer()
                    .port(port)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .build();
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
