/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.Friendship;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer starts from, given to both targets, without the fuzzer. */
@Timeout(60)
class FuzzCorpusTest {

    static Stream<Named<byte[]>> corpus() {
        try {
            Path folder = Path.of(Objects.requireNonNull(FuzzCorpusTest.class.getResource("corpus"))
                    .toURI());
            try (Stream<Path> files = Files.list(folder)) {
                return files.sorted().toList().stream()
                        .map(file -> Named.of(file.getFileName().toString(), bytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyListLeadsToTheSameInPiecesOfAnySize(byte[] list) {
        PairsFuzzer.fuzzerTestOneInput(list);
        UserIdsFuzzer.fuzzerTestOneInput(list);
    }

    @Test
    void theCorpusReachesBothEnds() {
        List<ReadList> lists = corpus().map(Named::getPayload)
                .map(list -> ReadList.of(list, FriendshipReader::ofPairs))
                .toList();
        assertThat(lists)
                .anyMatch(
                        list -> list.friendships().size() > 2 && list.problem().isEmpty());
        assertThat(lists).anyMatch(list -> !list.problem().isEmpty());
    }

    @Test
    void aReaderThatReadsPiecesOtherwiseIsSeen() {
        AtomicInteger readers = new AtomicInteger();
        assertThatThrownBy(() -> ReadList.of(new byte[] {'a', 'b'}, taker -> {
                    String owner = "owner-" + readers.incrementAndGet();
                    return FriendshipReader.ofUserIds(id -> new Friendship(owner, id), taker);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("something else in pieces of 1");
    }
}
