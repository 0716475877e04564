/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/** A reverse proxy before an application, which may have nobody behind it for a while. */
final class BrowserProxy implements AutoCloseable {

    private final int port;
    private final DisposableServer server;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean down;

    BrowserProxy(int port) {
        this.port = port;
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .doOnConnection(connection -> {
                    connections.add(connection);
                    connection.onDispose(() -> connections.remove(connection));
                })
                .handle(this::handle)
                .bindNow();
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        if (down) {
            if (request.uri().endsWith("/events")) {
                refused.incrementAndGet();
            }
            return response.status(HttpResponseStatus.BAD_GATEWAY).sendString(Mono.just("<h1>Bad gateway</h1>"));
        }
        return HttpClient.create(ConnectionProvider.newConnection())
                .headers(headers -> headers.set(request.requestHeaders()))
                .request(request.method())
                .uri("http://127.0.0.1:" + port + request.uri())
                .send(request.receive().retain())
                .response((answer, content) -> response.status(answer.status())
                        .headers(answer.responseHeaders())
                        .send(content.retain(), each -> true));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** Breaks all connections; from now on every request is answered with 502, in HTML. */
    void down() {
        refused.set(0);
        down = true;
        connections.forEach(Connection::dispose);
    }

    void up() {
        down = false;
    }

    /** How often events have been asked for in vain since it went down. */
    int refused() {
        return refused.get();
    }

    @Override
    public void close() {
        connections.forEach(Connection::dispose);
        server.disposeNow();
    }
}
