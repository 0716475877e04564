/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** Passes bytes on to a local port, and on each connection begins some time after it was opened. */
final class LazyProxy implements Proxy {

    private final int port;
    private final DisposableServer server;

    private LazyProxy(int port, DisposableServer server) {
        this.port = port;
        this.server = server;
    }

    /** A proxy in front of a port. */
    static LazyProxy before(int target, Duration delay) {
        DisposableServer listening = TcpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((in, out) -> Mono.delay(delay)
                        .then(TcpClient.newConnection()
                                .host("127.0.0.1")
                                .port(target)
                                .connect()
                                .flatMap(back -> relay(in.receive().retain(), out, back))))
                .bindNow();
        return new LazyProxy(listening.port(), listening);
    }

    private static Mono<Void> relay(Flux<ByteBuf> requests, reactor.netty.NettyOutbound answers, Connection back) {
        Mono<Void> there = back.outbound().send(requests, bytes -> true).then();
        Mono<Void> andBack =
                answers.send(back.inbound().receive().retain(), bytes -> true).then();
        return Mono.firstWithSignal(there, andBack).doFinally(end -> back.dispose());
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
