/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** BlockHound watches the application under load, and it bites. */
@Tag("promise-4")
class GuardsTest {

    @Test
    void aSleepWhereNobodyMayWaitIsFound() {
        Mono.fromRunnable(GuardsTest::sleep)
                .subscribeOn(Schedulers.parallel())
                .onErrorComplete()
                .block();
        assertThat(Guards.FOUND).singleElement().asString().contains("blocked", "Thread.sleep", "parallel");
        Guards.FOUND.clear();
    }

    private static void sleep() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lists taken in, files written and read, events sent, a stream answered: all at the same time. */
    @Test
    void nothingBlocksUnderLoad() {
        App app = App.shared();
        app.sandbox().friends().generate("load-", 40, "friend-", 200, false);
        String list = IntStream.range(0, 8_000)
                .mapToObj(i -> String.format("load-%05d,friend-%05d%n", i % 40, i / 40))
                .collect(Collectors.joining());

        String id = app.start("", list);
        Mono<Long> streamed = app.delete("?type=both", Flux.just(list)).count();
        Mono<Long> results = lines(app, "/deletions/" + id + "/results");
        Mono<Long> events = lines(app, "/deletions/" + id + "/events");
        Mono.zip(streamed, results, events)
                .doOnNext(counts -> {
                    assertThat(counts.getT1()).isEqualTo(8_000);
                    assertThat(counts.getT2()).isEqualTo(8_000);
                    assertThat(counts.getT3()).isPositive();
                })
                .block(Duration.ofSeconds(60));

        assertThat(app.state(id)).isEqualTo("DONE");
        assertThat(app.sandbox().friends().count("load-00000")).isZero();
        assertThat(Guards.FOUND).isEmpty();
    }

    private static Mono<Long> lines(App app, String path) {
        return app.client()
                .get()
                .uri(path)
                .exchange()
                .returnResult(String.class)
                .getResponseBody()
                .count();
    }
}
