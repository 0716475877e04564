/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import io.github.unfriend.sandbox.Sandbox;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The application as a user starts it, with its sandbox, on a free port. */
final class App {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final ParameterizedTypeReference<Map<String, Object>> JSON = new ParameterizedTypeReference<>() {};

    /** Small enough for a test to reach them. */
    static final int RUNNING = 3;

    static final int KEPT = 6;

    /** Long enough for a busy machine to send the next line of a list. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    static final Duration HEAD = Duration.ofSeconds(2);
    static final int EVENT_STREAMS = 20;
    static final int CONNECTIONS = 300;

    private static @Nullable App shared;

    private final ReactiveWebServerApplicationContext context;

    private App(String... args) {
        context = (ReactiveWebServerApplicationContext)
                UnfriendApplication.create().run(args);
    }

    /** One for all test classes, closed with the JVM: two would share event loops, and close them for each other. */
    static synchronized App shared() {
        if (shared == null) {
            shared = new App(
                    "--server.port=0",
                    "--example.limits.running=" + RUNNING,
                    "--example.limits.kept=" + KEPT,
                    "--example.limits.list=4MB",
                    "--example.limits.head=" + HEAD.toSeconds() + "s",
                    "--example.limits.event-streams=" + EVENT_STREAMS,
                    "--example.limits.connections=" + CONNECTIONS,
                    "--example.limits.silence=" + SILENCE.toSeconds() + "s");
        }
        return shared;
    }

    Sandbox sandbox() {
        return context.getBean(Sandbox.class);
    }

    boolean has(Class<?> bean) {
        return context.getBeanNamesForType(bean).length > 0;
    }

    String property(String name) {
        return context.getEnvironment().getRequiredProperty(name);
    }

    int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /**
     * Each request has a connection of its own: a server on Reactor Netty 1.3.7 may stop reading a connection that is used
     * again at the moment when the last answer ends (reactor-netty issue 4361).
     */
    WebTestClient client() {
        return WebTestClient.bindToServer(
                        new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.newConnection())))
                .baseUrl(uri("").toString())
                .responseTimeout(PATIENCE)
                .build();
    }

    /** Posts lines as they come and gives the lines that come back; cancelling closes the connection. */
    Flux<String> delete(String query, Flux<String> lines) {
        return delete(port(), query, lines);
    }

    /** The same with any application on this host. */
    static Flux<String> delete(int port, String query, Flux<String> lines) {
        return HttpClient.create(ConnectionProvider.newConnection())
                .headers(headers -> headers.set(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_PLAIN_VALUE))
                // Less that a reader has got without reading it.
                .option(ChannelOption.SO_RCVBUF, 1 << 16)
                .post()
                .uri("http://127.0.0.1:" + port + "/deletions" + query)
                .send((request, out) -> out.send(ByteBufFlux.fromString(lines.map(line -> line + "\n")), each -> true))
                .response((response, content) -> lines(content));
    }

    private static Flux<String> lines(ByteBufFlux content) {
        StringBuilder begun = new StringBuilder();
        return content.asString().concatMapIterable(piece -> {
            String[] parts = (begun + piece).split("\n", -1);
            begun.setLength(0);
            begun.append(parts[parts.length - 1]);
            return Arrays.asList(parts).subList(0, parts.length - 1);
        });
    }

    /** Takes a list in for later; gives the id of the deletion. */
    String start(String query, String list) {
        Map<String, Object> progress = client().post()
                .uri("/deletions" + query)
                .header("Prefer", "respond-async")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue(list)
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody(JSON)
                .returnResult()
                .getResponseBody();
        return String.valueOf(Objects.requireNonNull(progress).get("id"));
    }

    Map<String, Object> progress(String id) {
        return get("/deletions/" + id);
    }

    /** All deletions that are known, the newest first. */
    List<Map<?, ?>> all() {
        List<?> all = (List<?>) Objects.requireNonNull(get("/deletions").get("deletions"));
        return all.stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
    }

    /** The deletion that was posted last, in full. */
    Map<String, Object> latest() {
        return progress(String.valueOf(all().get(0).get("id")));
    }

    Map<String, Object> get(String path) {
        return act(HttpMethod.GET, path);
    }

    Map<String, Object> act(HttpMethod method, String path) {
        return Objects.requireNonNull(client().method(method)
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JSON)
                .returnResult()
                .getResponseBody());
    }

    String state(String id) {
        return String.valueOf(progress(id).get("state"));
    }

    /** Waits until something holds that another thread brings about; fails after a time that no busy machine needs. */
    static void eventually(BooleanSupplier condition) {
        for (int i = 0; i < 3000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            Mono.delay(Duration.ofMillis(20)).block();
        }
        throw new AssertionError("did not come about within 60 s");
    }

    /** Waits until a count stays as it is for a second. */
    static void standsStill(LongSupplier count) {
        AtomicLong before = new AtomicLong(-1);
        eventually(() -> {
            long now = count.getAsLong();
            Mono.delay(Duration.ofSeconds(1)).block();
            return before.getAndSet(now) == now;
        });
    }
}
