/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The application in a process of its own. */
class KilledTest {

    private static final int OWNERS = 1000;
    private static final int FRIENDS = 2;
    private static final int READ_BEFORE = 400;
    private static final Pattern LINE = Pattern.compile(
            "\\{\"from\":\"(.*?)\",\"to\":\"(.*?)\",\"outcome\":\"(deleted|not_friends)\",\"code\":\\d+,\"info\":\"\\w*\"}");

    @TempDir
    Path folder;

    private static String pair(String line) {
        Matcher matcher = LINE.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return matcher.group(1) + "," + matcher.group(2);
    }

    private ChildApp start(Sandbox sandbox) throws IOException {
        return ChildApp.start(
                folder,
                "--unfriend.endpoint=" + sandbox.uri(),
                "--unfriend.sdk-app-id=" + SandboxOptions.SDK_APP_ID,
                "--unfriend.administrator=" + SandboxOptions.ADMINISTRATOR,
                "--unfriend.secret-key=" + SandboxOptions.SECRET_KEY);
    }

    private List<Path> spools() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory)
                    .filter(each -> each.getFileName().toString().startsWith("unfriend-"))
                    .toList();
        }
    }

    @Tag("promise-1")
    @Test
    void killedInTheMiddleItHasToldNothingThatIsNotTrueAndTheRestCanBePosted() throws IOException {
        Set<String> list = IntStream.range(0, OWNERS * FRIENDS)
                .mapToObj(i -> FriendLists.name("owner-", i / FRIENDS) + "," + FriendLists.name("friend-", i % FRIENDS))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> told = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
                .latency(Duration.ofMillis(20), Duration.ofMillis(30))
                .build())) {
            sandbox.friends().generate(OWNERS, FRIENDS);
            try (ChildApp app = start(sandbox)) {
                App.delete(app.port(), "", Flux.fromIterable(list))
                        .doOnNext(told::add)
                        .doOnNext(line -> {
                            if (told.size() == READ_BEFORE) {
                                app.kill();
                            }
                        })
                        .onErrorComplete()
                        .blockLast(App.PATIENCE);
            }
            App.standsStill(() -> sandbox.score().deletions());
            assertThat(told.size()).isBetween(READ_BEFORE, list.size() - 1);
            Set<String> answered = told.stream().map(KilledTest::pair).collect(Collectors.toSet());
            assertThat(answered).hasSameSizeAs(told).allMatch(list::contains);
            long deleted = sandbox.score().deletions();
            assertThat(deleted).isGreaterThanOrEqualTo(told.size());
            assertThat(spools()).as("of the killed one").hasSize(1);
            Path left = spools().get(0);

            List<String> rest =
                    list.stream().filter(pair -> !answered.contains(pair)).toList();
            try (ChildApp app = start(sandbox)) {
                assertThat(spools()).hasSize(1).doesNotContain(left);
                List<String> lines = Objects.requireNonNull(App.delete(app.port(), "", Flux.fromIterable(rest))
                        .collectList()
                        .block(App.PATIENCE));
                assertThat(lines.stream().map(KilledTest::pair)).containsExactlyInAnyOrderElementsOf(rest);
                assertThat(lines)
                        .as("what the killed one had deleted and could not tell any more")
                        .filteredOn(line -> line.contains("not_friends"))
                        .hasSize((int) (deleted - told.size()));
            }
            assertThat(sandbox.friends().total()).isZero();
            assertThat(sandbox.score().deletions()).as("each once").isEqualTo(list.size());
        }
    }

    /** As a proxy of this host asks that is named {@code https://unfriend.example}. */
    @Test
    void behindAProxyThePageHasTheNameOfTheProxy() throws IOException {
        try (ChildApp app = ChildApp.start(folder, "--server.forward-headers-strategy=framework")) {
            WebTestClient client = WebTestClient.bindToServer(
                            new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.newConnection())))
                    .baseUrl("http://127.0.0.1:" + app.port())
                    .responseTimeout(App.PATIENCE)
                    .build();
            client.get()
                    .uri("/deletions")
                    .header(HttpHeaders.ORIGIN, "https://unfriend.example")
                    .header("X-Forwarded-Host", "unfriend.example")
                    .header("X-Forwarded-Proto", "https")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .returnResult();
            Problem.of(client.get()
                            .uri("/deletions")
                            .header(HttpHeaders.ORIGIN, "https://evil.example")
                            .header("X-Forwarded-Host", "unfriend.example")
                            .header("X-Forwarded-Proto", "https")
                            .exchange())
                    .is(403, "foreign-page");
        }
    }
}
