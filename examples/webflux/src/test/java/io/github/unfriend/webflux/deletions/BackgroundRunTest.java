/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.webflux.deletions.Progress.State;
import io.github.unfriend.webflux.web.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** Lists that are taken in and go on by themselves: every line that counts can be read, and the end is told. */
class BackgroundRunTest {

    private static Flux<ResultItem> all(Flux<Friendship> friendships) {
        return friendships.map(StubGateway::deleted);
    }

    private static Flux<ResultItem> firstAndThen(Flux<Friendship> friendships, int first, Mono<ResultItem> then) {
        return friendships.take(first).map(StubGateway::deleted).concatWith(then);
    }

    private static void waitForAnswers(Deletion deletion, int count) {
        Flux.interval(House.PATIENCE.dividedBy(6000))
                .onBackpressureDrop()
                .takeUntil(beat -> deletion.progress().answered() == count)
                .blockLast(House.PATIENCE);
    }

    @Test
    void tellsOfTheEndWhenTheLastLineCanBeRead() throws IOException {
        try (House house = new House(BackgroundRunTest::all)) {
            Deletion deletion = house.start(10_000);
            deletion.ended().block(House.PATIENCE);
            assertThat(deletion.state()).isEqualTo(State.DONE);
            assertThat(deletion.progress().answered()).isEqualTo(10_000);
            assertThat(Files.readAllLines(house.spool.results(deletion.id()))).hasSize(10_000);
            assertThat(house.results(deletion)).hasSize(10_000);
        }
    }

    @Test
    void oneThatIsCancelledSaysSoBehindEveryLineThatCounts() throws IOException {
        try (House house = new House(friendships -> firstAndThen(friendships, 700, Mono.never()))) {
            Deletion deletion = house.start(1000);
            waitForAnswers(deletion, 700);
            Mono<List<String>> reader = Mono.fromCallable(() -> house.results(deletion));

            deletion.cancel();

            List<String> lines = Objects.requireNonNull(reader.block(House.PATIENCE));
            assertThat(deletion.state()).isEqualTo(State.CANCELLED);
            assertThat(lines).hasSize(701);
            assertThat(lines.get(700)).contains("{\"problem\":", "may or may not be deleted: post them again");
            assertThat(deletion.progress().answered()).isEqualTo(700);
            assertThat(deletion.progress().outcomes().sum()).isEqualTo(700);
        }
    }

    @Test
    void oneThatFailsSaysSoBehindEveryLineThatCounts() throws IOException {
        Mono<ResultItem> failure = Mono.error(new IllegalStateException("of the test"));
        try (House house = new House(friendships -> firstAndThen(friendships, 300, failure))) {
            Deletion deletion = house.start(1000);
            List<String> lines = house.results(deletion);
            assertThat(lines).hasSize(301);
            assertThat(lines.get(300))
                    .contains("{\"problem\":", "\"status\":500")
                    .doesNotContain("of the test");
            assertThat(deletion.state()).isEqualTo(State.FAILED);
            assertThat(deletion.progress().problem()).isNotNull();
            assertThat(deletion.progress().answered()).isEqualTo(300);
        }
    }

    /** There is a file of that name already: as good as any disk that takes no more. */
    @Test
    void resultsThatCannotBeWrittenBreakTheDownloadOff() throws IOException {
        try (House house = new House(BackgroundRunTest::all)) {
            Deletion deletion = house.open();
            Files.createFile(house.spool.results(deletion.id()));
            house.background.start(deletion, House.list(10)).block(House.PATIENCE);
            deletion.ended().block(House.PATIENCE);
            assertThat(deletion.state()).isEqualTo(State.FAILED);
            assertThat(Objects.requireNonNull(deletion.progress().problem()).getDetail())
                    .contains("cannot be written", "post them again");
            assertThat(deletion.progress().answered()).isZero();
            StepVerifier.create(house.background.results(deletion))
                    .expectErrorMatches(BackgroundRunTest::isIncomplete)
                    .verify(House.PATIENCE);
        }
    }

    /** So many newer ones have ended while it was read. */
    @Test
    void resultsThatAreGoneBreakTheDownloadOff() throws IOException {
        try (House house = new House(BackgroundRunTest::all)) {
            Deletion deletion = house.start(5000);
            deletion.ended().block(House.PATIENCE);
            Files.delete(house.spool.results(deletion.id()));
            StepVerifier.create(house.background.results(deletion))
                    .expectErrorMatches(BackgroundRunTest::isIncomplete)
                    .verify(House.PATIENCE);
        }
    }

    @Test
    void whoReadsWhileTheServerStopsGetsTheLastLines() throws IOException {
        try (House house = new House(friendships -> firstAndThen(friendships, 100, Mono.never()))) {
            Deletion deletion = house.start(200);
            waitForAnswers(deletion, 100);
            StepVerifier.create(house.background
                            .results(deletion)
                            .map(buffer -> buffer.toString(StandardCharsets.UTF_8))
                            .scan("", String::concat)
                            .filter(text -> text.lines().count() >= 100))
                    .expectNextMatches(text -> text.lines().count() == 100)
                    .then(house.pulse::stop)
                    .then(house.deletions::stop)
                    .expectNextMatches(text -> text.lines().count() == 101 && text.contains("was cancelled"))
                    .expectComplete()
                    .verify(House.PATIENCE);
        }
    }

    /** None of its lines are there, so that it cannot be finished. */
    @Test
    void whoReadsADeletionThatNeverBeganIsToldSo() throws IOException {
        try (House house = new House(BackgroundRunTest::all)) {
            Deletion deletion = house.open();
            StepVerifier.create(house.background.results(deletion))
                    .then(deletion::abandon)
                    .expectErrorMatches(BackgroundRunTest::isIncomplete)
                    .verify(House.PATIENCE);
        }
    }

    @Test
    void aListThatIsCancelledWhileItComesGivesItsPlaceBack() throws IOException {
        try (House house = new House(BackgroundRunTest::all)) {
            for (int i = 0; i < 2 * House.RUNNING; i++) {
                Deletion deletion = house.open();
                StepVerifier.create(
                                house.background.start(deletion, House.list(3).concatWith(Flux.never())))
                        .then(deletion::cancel)
                        .expectErrorMatches(error -> error instanceof ProblemException problem
                                && problem.name().equals("cancelled"))
                        .verify(House.PATIENCE);
                assertThat(deletion.state()).isEqualTo(State.CANCELLED);
            }
            assertThat(house.deletions.all()).isEmpty();
        }
    }

    @Test
    void whoLeavesWhileTheListComesGivesThePlaceBack() throws IOException {
        try (House house = new House(BackgroundRunTest::all)) {
            for (int i = 0; i < 2 * House.RUNNING; i++) {
                StepVerifier.create(house.background.start(
                                house.open(), House.list(3).concatWith(Flux.never())))
                        .thenCancel()
                        .verify(House.PATIENCE);
            }
            assertThatThrownBy(() -> {
                        for (int i = 0; i <= House.RUNNING; i++) {
                            house.open();
                        }
                    })
                    .isInstanceOf(ProblemException.class);
            house.deletions.all().forEach(Deletion::abandon);
        }
    }

    @Test
    void whatRunsCarriesTheContextOfTheOneWhoPosted() throws IOException {
        AtomicReference<String> seen = new AtomicReference<>("");
        try (House house = new House(friendships -> Flux.deferContextual(context -> {
            seen.set(context.getOrDefault("trace", "none"));
            return all(friendships);
        }))) {
            Deletion deletion = house.open();
            house.background
                    .start(deletion, House.list(3))
                    .contextWrite(Context.of("trace", "of the caller"))
                    .block(House.PATIENCE);
            deletion.ended().block(House.PATIENCE);
            assertThat(seen).hasValue("of the caller");
        }
    }

    @Test
    void oneThatIsPausedWhileItsListComesWaitsToBeResumed() throws IOException {
        try (House house = new House(BackgroundRunTest::all)) {
            Deletion deletion = house.open();
            assertThat(deletion.pause()).isTrue();
            assertThat(deletion.state()).isEqualTo(State.PAUSED);
            assertThat(deletion.resume()).isTrue();
            assertThat(deletion.state()).isEqualTo(State.READING);
            assertThat(deletion.pause()).isTrue();

            house.background.start(deletion, House.list(10)).block(House.PATIENCE);

            assertThat(deletion.state()).isEqualTo(State.PAUSED);
            assertThat(deletion.progress().total()).isEqualTo(10);
            assertThat(deletion.resume()).isTrue();
            assertThat(house.results(deletion)).hasSize(10);
            assertThat(deletion.state()).isEqualTo(State.DONE);
            assertThat(deletion.pause()).isFalse();
            assertThat(deletion.resume()).isFalse();
        }
    }

    @Test
    void theOldestGoWhenTheResultsTakeTooMuch() throws IOException {
        try (House house = new House(DataSize.ofKilobytes(64), BackgroundRunTest::all)) {
            Deletion first = house.start(500);
            assertThat(house.results(first)).hasSize(500);
            Deletion second = house.start(800);
            assertThat(house.results(second)).as("too large beside the first").hasSize(800);
            Flux.interval(House.PATIENCE.dividedBy(6000))
                    .onBackpressureDrop()
                    .takeUntil(beat -> house.deletions.all().equals(List.of(second)))
                    .blockLast(House.PATIENCE);
        }
    }

    /** Lines that fail without a call cost nothing, and would fill the disk. */
    @Test
    void resultsThatGrowTooLargeEndTheirDeletion() {
        try (House house = new House(DataSize.ofKilobytes(64), BackgroundRunTest::all)) {
            Deletion deletion = house.start(10_000);
            List<String> lines = house.results(deletion);
            assertThat(lines)
                    .hasSizeLessThan(1000)
                    .last()
                    .asString()
                    .contains("urn:unfriend:problem:results-too-large");
            assertThat(deletion.written()).isLessThan(DataSize.ofKilobytes(65).toBytes());
            assertThat(deletion.state()).isEqualTo(Progress.State.FAILED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isIncomplete(Throwable error) {
        return error instanceof ProblemException problem && problem.name().equals("results-incomplete");
    }
}
