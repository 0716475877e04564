/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** What is asked wrongly is answered with what to do; limits hold. */
class ProblemsTest {

    private static final App APP = App.shared();

    private static Problem post(String query, MediaType type, String body, String... prefer) {
        return Problem.of(APP.client()
                .post()
                .uri("/deletions" + query)
                .header("Prefer", prefer)
                .contentType(type)
                .bodyValue(body)
                .exchange());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/x-www-form-urlencoded", "multipart/form-data", "image/png"})
    void takesListsOfLinesOnly(String type) {
        post("", MediaType.parseMediaType(type), "alice,bob")
                .is(415, "unsupported-list")
                .says("text/csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv;charset=gbk", "text/plain;charset=utf-16", "text/csv;charset=nonsense"})
    void takesUtf8Only(String type) throws Exception {
        long calls = APP.sandbox().score().calls();
        HttpResponse<String> response = send("Content-Type", type);
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("unsupported-list", "UTF-8");
        assertThat(APP.sandbox().score().calls()).isEqualTo(calls);
    }

    @Test
    void takesNothingCompressed() throws Exception {
        assertThat(send("Content-Type", "text/csv", "Content-Encoding", "gzip").statusCode())
                .isEqualTo(415);
        assertThat(send("Content-Type", "text/csv;charset=UTF-8", "Content-Encoding", "identity")
                        .statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> send(String... headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + APP.port() + "/deletions"))
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString("nobody,none"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Of the JDK's client, since Spring's does not send it. */
    @Test
    void aContentTypeThatCannotBeRead() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + APP.port() + "/deletions"))
                .header("Content-Type", "nonsense")
                .POST(HttpRequest.BodyPublishers.ofString("alice,bob"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("unsupported-list");
    }

    @Test
    void wantsATypeThatItKnows() {
        post("?type=all", MediaType.TEXT_PLAIN, "alice,bob").is(400, "bad-type").says("single");
    }

    @Test
    void namesTheBadLineBeforeAnythingIsSent() {
        long calls = APP.sandbox().score().calls();
        post("", MediaType.TEXT_PLAIN, "alice\n").is(400, "bad-line").says("Line 1 has one field only");
        post("", MediaType.TEXT_PLAIN, "alice,bob\nalice,bob,carol\n", "respond-async")
                .is(400, "bad-line")
                .says("Line 2 has more than two fields");
        post("", MediaType.APPLICATION_NDJSON, "{\"from\":\"alice\"}\n", "respond-async")
                .is(400, "bad-line");
        assertThat(APP.sandbox().score().calls()).isEqualTo(calls);
    }

    @Test
    void refusesListsThatAreEmptyOrTooLarge() {
        post("", MediaType.TEXT_PLAIN, "\n \n", "respond-async").is(400, "empty-list");
        post("", MediaType.TEXT_PLAIN, "alice,bob\n".repeat(500_000), "respond-async")
                .is(413, "list-too-large")
                .says("Post it as a stream");
    }

    @Test
    void doesNotKnowWhatIsNotThere() {
        for (String path : List.of("", "/events", "/results")) {
            Problem.of(APP.client().get().uri("/deletions/none" + path).exchange())
                    .is(404, "no-such-deletion")
                    .says("GET /deletions");
        }
        Problem.of(APP.client().get().uri("/nothing").exchange()).is(404, "not-found");
    }

    @Test
    void resultsOfAStreamWentToItsReader() {
        assertThat(APP.delete("", Flux.just("nobody,x")).collectList().block()).hasSize(1);
        Problem.of(APP.client()
                        .get()
                        .uri("/deletions/" + APP.latest().get("id") + "/results")
                        .exchange())
                .is(404, "results-streamed");
    }

    @Test
    void onlyTheLastFewAreKept() {
        String first = APP.start("", "nobody,x");
        App.eventually(() -> APP.state(first).equals("DONE"));
        for (int i = 0; i < App.KEPT; i++) {
            String id = APP.start("", "nobody,x");
            App.eventually(() -> APP.state(id).equals("DONE"));
        }
        App.eventually(() -> APP.all().size() == App.KEPT);
        Problem.of(APP.client().get().uri("/deletions/" + first).exchange()).is(404, "no-such-deletion");
    }

    @Test
    void oneMoreThanAllowedIsToldToWait() {
        List<Disposable> open = new ArrayList<>();
        for (int i = 0; i < App.RUNNING; i++) {
            // A blank line now and then: a list that has stopped coming is given up.
            open.add(APP.delete("", Flux.interval(Duration.ofSeconds(1)).map(second -> ""))
                    .subscribe());
        }
        App.eventually(() -> APP.all().stream()
                        .filter(each -> "RUNNING".equals(each.get("state")))
                        .count()
                == App.RUNNING);

        Problem problem = post("", MediaType.TEXT_PLAIN, "alice,bob")
                .is(429, "too-many-deletions")
                .says("cancel one");
        assertThat(problem.result().getResponseHeaders().getFirst("Retry-After"))
                .isNotNull();

        open.forEach(Disposable::dispose);
        App.eventually(() -> APP.all().stream().noneMatch(each -> "RUNNING".equals(each.get("state"))));
        String id = APP.start("", "nobody,x");
        App.eventually(() -> APP.state(id).equals("DONE"));
    }

    /** Its place is for others; what it said before is answered. */
    @Test
    void aListThatStopsComingIsGivenUp() {
        Flux<String> stops = Flux.just("nobody,x").concatWith(Flux.never());
        assertThat(APP.delete("", stops).collectList().block(App.PATIENCE))
                .hasSize(2)
                .last(STRING)
                .contains("urn:unfriend:problem:list-stalled", "\"status\":408", "Post again what has no result");
        assertThat(APP.latest()).containsEntry("state", "FAILED");

        Problem.of(APP.client()
                        .post()
                        .uri("/deletions")
                        .header("Prefer", "respond-async")
                        .contentType(MediaType.TEXT_PLAIN)
                        .body(stops, String.class)
                        .exchange())
                .is(408, "list-stalled");
        assertThat(APP.all()).noneMatch(each -> "READING".equals(each.get("state")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /deletions|GET, POST",
                "PUT /deletions/events|GET",
                "PUT /deletions/abc|GET, DELETE",
                "GET /deletions/abc/pause|POST",
                "POST /deletions/abc/results|GET"
            })
    void anotherMethodIsNotAllowed(String what) throws Exception {
        String[] parts = what.split("[ |]", 3);
        HttpRequest request = HttpRequest.newBuilder(APP.uri(parts[1]))
                .method(parts[0], HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers()
                        .firstValue("Allow")
                        .orElse("")
                        .replace(",", ", ")
                        .replace("  ", " ")
                        .split(", "))
                .containsExactlyInAnyOrder(parts[2].split(", "));
        assertThat(response.body()).contains("urn:unfriend:problem:method-not-allowed");
    }
}
