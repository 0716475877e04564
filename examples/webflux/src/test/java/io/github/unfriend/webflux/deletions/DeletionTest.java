/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.webflux.deletions.Progress.State;
import io.github.unfriend.webflux.web.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What counts, when it is final, and what may be done when. */
class DeletionTest {

    private static List<Friendship> pairs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Friendship("owner", "friend-" + i))
                .toList();
    }

    private static Flux<List<ResultItem>> run(House house, Deletion deletion, int count) {
        return deletion.run(house.gateway, Flux.fromIterable(pairs(count))).doOnNext(deletion::count);
    }

    private static House house() {
        return new House(friendships -> friendships.map(StubGateway::deleted));
    }

    /** The rest has come from the gateway and nobody can read it: it has no line, so it must not count. */
    @Test
    void countsWhatWasHandedOn() throws IOException {
        try (House house = house()) {
            Deletion deletion = house.deletions.open(DeleteType.SINGLE, true);
            List<ResultItem> lines = new ArrayList<>();
            StepVerifier.create(run(house, deletion, 5000).doOnNext(lines::addAll), 1)
                    .expectNextCount(1)
                    .then(deletion::cancel)
                    .expectErrorMatches(error -> error instanceof ProblemException problem
                            && problem.name().equals("cancelled"))
                    .verify(House.PATIENCE);
            deletion.abandon();
            assertThat(lines).isNotEmpty().hasSizeLessThan(5000);
            assertThat(deletion.progress().answered()).isEqualTo(lines.size());
        }
    }

    @Test
    void theFirstWordAboutTheEndCounts() throws IOException {
        try (House house = house()) {
            Deletion deletion = house.open();
            deletion.end(null);
            Progress done = deletion.progress();
            deletion.end(new IllegalStateException("late"));
            deletion.abandon();
            assertThat(deletion.progress()).isEqualTo(done);
            assertThat(done.state()).isEqualTo(State.DONE);
        }
    }

    /** Many hands at two buttons; the last word is that it goes on. */
    @Test
    void itStandsWhereTheLastOneHasPutIt() throws IOException {
        try (House house = house()) {
            Deletion deletion = house.open();
            Mono<Long> answered = run(house, deletion, 20_000)
                    .flatMapIterable(list -> list)
                    .count()
                    .cache();
            answered.subscribe();
            Flux.range(0, 1000)
                    .flatMap(
                            i -> Mono.fromCallable(() -> i % 2 == 0 ? deletion.pause() : deletion.resume())
                                    .subscribeOn(Schedulers.parallel()),
                            8)
                    .blockLast(House.PATIENCE);
            deletion.resume();
            assertThat(deletion.state()).isEqualTo(State.RUNNING);
            assertThat(answered.block(House.PATIENCE)).isEqualTo(20_000);
            deletion.end(null);
        }
    }

    @Test
    void isSettledWhenEveryRemovalIsReported() throws IOException {
        try (House house = house()) {
            Deletion deletion = house.open();
            run(house, deletion, 10).blockLast(House.PATIENCE);
            assertThat(deletion.isSettled()).as("runs").isFalse();
            deletion.confirm(pairs(4));
            deletion.end(null);
            assertThat(deletion.progress().settled()).isFalse();
            assertThat(deletion.progress().confirmed()).isEqualTo(4);

            deletion.confirm(pairs(12));

            assertThat(deletion.progress().settled()).isTrue();
            assertThat(deletion.progress().confirmed()).isEqualTo(10);
        }
    }
}
