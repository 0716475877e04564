/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import io.github.unfriend.sandbox.Sandbox;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The application as a user starts it, with its sandbox, on a free port. */
final class App implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ReactiveWebServerApplicationContext context;

    private App(String... args) {
        context = (ReactiveWebServerApplicationContext) UnfriendApplication.create()
                .run(Stream.concat(Stream.of("--server.port=0"), Stream.of(args))
                        .toArray(String[]::new));
    }

    static App start(String... args) {
        return new App(args);
    }

    Sandbox sandbox() {
        return context.getBean(Sandbox.class);
    }

    int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    WebTestClient client() {
        return WebTestClient.bindToServer()
                .baseUrl(uri("").toString())
                .responseTimeout(PATIENCE)
                .build();
    }

    /** Posts lines as they come and gives the lines that come back; cancelling closes the connection. */
    Flux<String> delete(String query, Flux<String> lines) {
        return HttpClient.create(ConnectionProvider.newConnection())
                .headers(headers -> headers.set(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_PLAIN_VALUE))
                .post()
                .uri(uri("/deletions" + query).toString())
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
        Map<?, ?> progress = client().post()
                .uri("/deletions" + query)
                .header("Prefer", "respond-async")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue(list)
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody();
        return String.valueOf(Objects.requireNonNull(progress).get("id"));
    }

    Map<?, ?> progress(String id) {
        return Objects.requireNonNull(client().get()
                .uri("/deletions/" + id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Map.class)
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

    @Override
    public void close() {
        context.close();
    }
}
