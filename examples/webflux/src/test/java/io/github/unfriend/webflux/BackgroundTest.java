/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.unfriend.LocalCode;
import io.github.unfriend.sandbox.FriendLists;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

/** {@code POST /deletions} with {@code Prefer: respond-async}: deletions that need nobody to wait for them. */
class BackgroundTest {

    private static final App APP = App.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FriendLists friends = APP.sandbox().friends();

    /** Calls of one account each, so that there is time to look at them. */
    private static String slow(int calls) {
        return IntStream.range(0, calls).mapToObj(i -> "nobody-" + i + ",x\n").collect(Collectors.joining());
    }

    private static void end(String id) {
        APP.act(HttpMethod.DELETE, "/deletions/" + id);
    }

    private static List<String> results(String id) {
        String text = APP.client()
                .get()
                .uri("/deletions/" + id + "/results")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_NDJSON)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return Objects.requireNonNullElse(text, "").lines().toList();
    }

    @Test
    void goesOnByItselfAndKeepsItsResults() {
        friends.generate("bg-", 1, "friend-", 1500, false);
        friends.befriend("bg-b", "carol");
        String all = friends.friendsOf(FriendLists.name("bg-", 0)).stream()
                .map(friend -> FriendLists.name("bg-", 0) + "," + friend)
                .collect(Collectors.joining("\n"));

        String id = APP.start("", all + "\nbg-b,carol\nbg-b,nobody\nbg-b,bg-b\n");

        // The request for the results waits for those that are still to come.
        List<String> lines = results(id);
        assertThat(lines).hasSize(1503).doesNotHaveDuplicates().allMatch(line -> line.endsWith("\"}"));
        assertThat(lines).filteredOn(line -> line.contains("\"deleted\"")).hasSize(1501);
        Map<String, Object> progress = APP.progress(id);
        assertThat(progress)
                .containsEntry("state", "DONE")
                .containsEntry("total", 1503)
                .containsEntry("answered", 1503)
                .containsEntry("outcomes", Map.of("deleted", 1501, "notFriends", 0, "failed", 2, "unknown", 0));
        assertThat(progress.get("failures"))
                .asInstanceOf(LIST)
                .hasSize(2)
                .anySatisfy(unknown -> assertThat(unknown)
                        .asString()
                        .contains("code=30003", "count=1", "advice=Import the account, or leave it out.", "to=nobody"))
                .anySatisfy(self -> assertThat(self)
                        .asString()
                        .contains("code=" + LocalCode.INVALID_USER_ID, "outcome=FAILED", "from=bg-b, to=bg-b"));
        App.eventually(() -> Objects.equals(APP.progress(id).get("confirmed"), 1501));
        assertThat(results(id)).isEqualTo(lines);
    }

    private static int answered(String id) {
        return (int) Objects.requireNonNull(APP.progress(id).get("answered"));
    }

    @Test
    void cancelsForGood() {
        String id = APP.start("", slow(5000));
        App.eventually(() -> answered(id) > 0);

        end(id);

        assertThat(APP.state(id)).isEqualTo("CANCELLED");
        App.standsStill(() -> APP.sandbox().score().calls());
        List<String> lines = results(id);
        assertThat(lines).hasSizeLessThan(5000).last(STRING).contains("\"problem\"", "post them again");
        assertThat(lines.subList(0, lines.size() - 1)).isNotEmpty().allMatch(line -> line.endsWith("\"}"));
        assertThat(APP.progress(id)).containsEntry("answered", lines.size() - 1);
        Problem.of(APP.client().post().uri("/deletions/" + id + "/resume").exchange())
                .is(409, "wrong-state");
    }

    /** Somebody has tidied up the temporary files: what is there must not look like the whole. */
    @Test
    void aDownloadThatCannotBeCompletedBreaksOff() {
        String id = APP.start("", slow(1000));
        Flux<String> download = HttpClient.create(ConnectionProvider.newConnection())
                .get()
                .uri(APP.uri("/deletions/" + id + "/results").toString())
                .responseContent()
                .asString();
        StepVerifier.create(download)
                .expectNextCount(1)
                .then(() -> deleteFile(id + ".ndjson"))
                .thenConsumeWhile(piece -> true)
                .expectError(PrematureCloseException.class)
                .verify(PATIENCE);
        end(id);
    }

    private static void deleteFile(String name) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        boolean deleted = false;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, "unfriend-*")) {
            for (Path folder : folders) {
                deleted |= Files.deleteIfExists(folder.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(deleted).isTrue();
    }

    @Test
    void eventsTellTheStoryAndFillTheGap() {
        String id = APP.start("", slow(900));
        List<Integer> times = new ArrayList<>();

        StepVerifier.create(events(id, null))
                .assertNext(first -> {
                    assertThat(first.event()).isEqualTo("history");
                    assertThat(first.retry()).isEqualTo(Duration.ofSeconds(1));
                })
                .thenConsumeWhile(event -> !state(event).equals("DONE"), event -> times.add(sampleTime(event)))
                .assertNext(last -> assertThat(last.data()).containsEntry("answered", 900))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(times).hasSizeGreaterThan(2).isSorted();
        String seen = String.valueOf(times.get(times.size() / 2));
        List<?> gap = samples(Objects.requireNonNull(events(id, seen).blockFirst(PATIENCE)));
        List<?> all =
                samples(Objects.requireNonNull(events(id, "not one of ours").blockFirst(PATIENCE)));
        assertThat(all).hasSizeGreaterThan(gap.size());
        assertThat(all.subList(all.size() - gap.size(), all.size())).isEqualTo(gap);
    }

    @Test
    void allDeletionsAreToldInShort() {
        String id = APP.start("", "nobody,x");
        List<Map<String, Object>> told = Objects.requireNonNull(APP.client()
                .get()
                .uri("/deletions/events")
                .exchange()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<List<Map<String, Object>>>>() {})
                .getResponseBody()
                .mapNotNull(ServerSentEvent::data)
                .filter(all ->
                        all.stream().anyMatch(each -> id.equals(each.get("id")) && "DONE".equals(each.get("state"))))
                .blockFirst(PATIENCE));
        assertThat(told.get(0)).containsOnlyKeys("id", "type", "state", "created", "total", "answered", "gone");
    }

    private static Flux<ServerSentEvent<Map<String, Object>>> events(String id, @Nullable String lastEventId) {
        return APP.client()
                .get()
                .uri("/deletions/" + id + "/events")
                .headers(headers -> {
                    if (lastEventId != null) {
                        headers.set("Last-Event-ID", lastEventId);
                    }
                })
                .exchange()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>>() {})
                .getResponseBody();
    }

    private static String state(ServerSentEvent<Map<String, Object>> event) {
        return String.valueOf(Objects.requireNonNull(event.data()).get("state"));
    }

    private static int sampleTime(ServerSentEvent<Map<String, Object>> event) {
        Map<?, ?> sample = (Map<?, ?>) Objects.requireNonNull(event.data()).get("sample");
        int t = (int) Objects.requireNonNull(Objects.requireNonNull(sample).get("t"));
        assertThat(event.id()).isEqualTo(Integer.toString(t));
        return t;
    }

    private static List<?> samples(ServerSentEvent<Map<String, Object>> history) {
        return (List<?>)
                Objects.requireNonNull(Objects.requireNonNull(history.data()).get("samples"));
    }
}
