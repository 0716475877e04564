/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.webflux.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Lists that stop coming are given up, those that come slowly are not. In virtual time. */
class UploadTest {

    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration ALMOST = Duration.ofSeconds(55);

    private static boolean isStalled(Throwable error) {
        return error instanceof ProblemException problem && problem.name().equals("list-stalled");
    }

    private static DataBuffer piece(long number) {
        return DefaultDataBufferFactory.sharedInstance.wrap(
                ("owner,friend-" + number).getBytes(StandardCharsets.UTF_8));
    }

    private static Flux<DataBuffer> upload(Flux<DataBuffer> body) {
        return new Upload(SILENCE, 0).of(body);
    }

    @Test
    void givesUpAListThatStops() {
        StepVerifier.withVirtualTime(() -> upload(Flux.just(piece(0)).concatWith(Flux.never())))
                .expectNextCount(1)
                .expectNoEvent(ALMOST)
                .thenAwait(SILENCE)
                .verifyErrorMatches(UploadTest::isStalled);
    }

    @Test
    void givesUpAListThatNeverBegins() {
        StepVerifier.withVirtualTime(() -> upload(Flux.never()))
                .thenAwait(SILENCE.multipliedBy(2))
                .verifyErrorMatches(UploadTest::isStalled);
    }

    @Test
    void letsASlowOneTakeItsTime() {
        StepVerifier.withVirtualTime(() ->
                        upload(Flux.interval(ALMOST).map(UploadTest::piece).take(20)))
                .thenAwait(ALMOST.multipliedBy(20))
                .expectNextCount(20)
                .verifyComplete();
    }

    @Test
    void givesUpAListThatComesTooSlowly() {
        int bytesAMinute =
                (int) (100 * Duration.ofMinutes(1).toMillis() / SILENCE.toMillis()); // 100 in the time of silence
        StepVerifier.withVirtualTime(() -> new Upload(SILENCE, bytesAMinute)
                        .of(Flux.interval(SILENCE.dividedBy(2)).map(UploadTest::piece)))
                .thenAwait(SILENCE.multipliedBy(2))
                .thenConsumeWhile(piece -> true)
                .verifyErrorMatches(UploadTest::isStalled);
        StepVerifier.withVirtualTime(() -> new Upload(SILENCE, bytesAMinute)
                        .of(Flux.interval(SILENCE.dividedBy(10))
                                .map(UploadTest::piece)
                                .take(100)))
                .thenAwait(SILENCE.multipliedBy(10))
                .expectNextCount(100)
                .verifyComplete();
    }

    /** The reader of the results is slow, or somebody has paused the deletion. */
    @Test
    void waitsWithoutEndWhileItIsNotAskedForMore() {
        StepVerifier.withVirtualTime(() -> upload(Flux.range(0, 3).map(UploadTest::piece)), 0)
                .expectSubscription()
                .expectNoEvent(SILENCE.multipliedBy(100))
                .thenRequest(1)
                .expectNextMatches(first -> Objects.requireNonNull(first).readableByteCount() > 0)
                .expectNoEvent(SILENCE.multipliedBy(100))
                .thenRequest(2)
                .expectNextCount(2)
                .verifyComplete();
    }
}
