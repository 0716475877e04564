/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.UnfriendException;
import io.github.unfriend.callback.FriendDeleteCallback;
import io.github.unfriend.internal.Json;
import io.github.unfriend.internal.wire.AnswerReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer started from and what it found worth keeping, given to both targets, without the fuzzer. */
@Timeout(120) // A guard against a hang, not a promise of speed.
class FuzzCorpusTest {

    @ParameterizedTest
    @MethodSource({"corpus", "tooLargeForAFile"})
    void everyInputLeadsToAValueOrATypedError(byte[] body) {
        AnswerFuzzer.fuzzerTestOneInput(body);
        CallbackFuzzer.fuzzerTestOneInput(body);
    }

    @Test
    void theCorpusReachesBothEndsOfBothDecoders() {
        List<byte[]> bodies = corpus().map(Named::getPayload).toList();
        assertThat(bodies)
                .anyMatch(body ->
                        decodes(() -> AnswerReader.friendDelete(body).items().get(0)));
        assertThat(bodies).anyMatch(body -> !decodes(() -> AnswerReader.friendDeleteAll(body)));
        assertThat(bodies)
                .anyMatch(body -> decodes(() ->
                        FriendDeleteCallback.read(body, name -> null).removed().get(0)));
        assertThat(bodies).anyMatch(body -> !decodes(() -> FriendDeleteCallback.read(body, name -> null)));
    }

    private static boolean decodes(Supplier<?> decoder) {
        try {
            return decoder.get() != null;
        } catch (UnfriendException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    static Stream<Named<byte[]>> corpus() {
        return Stream.of("answers", "callbacks").flatMap(FuzzCorpusTest::files);
    }

    static Stream<Named<byte[]>> tooLargeForAFile() {
        String answer = "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,";
        String callback = "{\"CallbackCommand\":\"Sns.CallbackFriendDelete\",";
        String pair = "{\"From_Account\":\"a\",\"To_Account\":\"b\"},";
        return Stream.of(
                large("a million open lists", "{\"a\":" + "[".repeat(1_000_000)),
                large("a million open objects", "{\"a\":".repeat(1_000_000)),
                large("a code of a million digits", "{\"ErrorCode\":" + "9".repeat(1_000_000) + "}"),
                large("an exponent of a million digits", "{\"a\":1e" + "9".repeat(1_000_000) + "}"),
                large("a name of a million characters", "{\"" + "n".repeat(1_000_000) + "\":0}"),
                large("a text of a million characters", answer + "\"ErrorInfo\":\"" + "s".repeat(1_000_000) + "\"}"),
                large("a text of a million escapes", answer + "\"ErrorInfo\":\"" + "\\u0000".repeat(500_000) + "\"}"),
                large(
                        "the longest text there may be",
                        answer + "\"ErrorInfo\":\"" + "\u4e2d".repeat(256 * 1024) + "\"}"),
                large("a hundred thousand names", answer + manyNames(100_000) + "\"a\":0}"),
                large(
                        "as many items as there may be",
                        answer + "\"ResultItem\":[" + "{},".repeat(Json.MOST_ELEMENTS - 1) + "{}]}"),
                large("an item too many", answer + "\"ResultItem\":[" + "0,".repeat(Json.MOST_ELEMENTS) + "0]}"),
                large(
                        "as many pairs as there may be",
                        callback + "\"PairList\":[" + pair.repeat(Json.MOST_ELEMENTS - 1) + "{}]}"),
                large("a pair too many", callback + "\"PairList\":[" + pair.repeat(Json.MOST_ELEMENTS) + "{}]}"),
                large("white space to the last byte", " ".repeat(Json.MOST_BYTES)),
                large("a byte too long", "{" + " ".repeat(Json.MOST_BYTES - 1) + "}"));
    }

    private static String manyNames(int names) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names; i++) {
            text.append('"').append(i).append("\":0,");
        }
        return text.toString();
    }

    private static Named<byte[]> large(String name, String body) {
        return Named.of(name, body.getBytes(UTF_8));
    }

    private static Stream<Named<byte[]>> files(String folder) {
        try (Stream<Path> files =
                Files.list(Path.of(Objects.requireNonNull(FuzzCorpusTest.class.getResource(folder), folder)
                        .toURI()))) {
            return files
                    .sorted()
                    .map(file -> Named.of(folder + "/" + file.getFileName(), bytes(file)))
                    .toList()
                    .stream();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("The corpus " + folder + " cannot be listed.", e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
