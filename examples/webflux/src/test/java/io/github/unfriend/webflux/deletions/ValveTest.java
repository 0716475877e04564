/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.ResultItem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Demand through the valve; everything on the test's own thread. */
class ValveTest {

    private static final int CALLS = 4;

    private final AtomicBoolean shut = new AtomicBoolean();
    private final Valve valve = new Valve(shut::get);
    private final Scheduler here = Schedulers.immediate();
    private final TestPublisher<ResultItem> source = TestPublisher.create();
    private final Flux<List<ResultItem>> out = valve.through(source.flux(), CALLS, null, here);

    private static ResultItem result(String owner, int friend) {
        return new ResultItem(owner, "friend-" + friend, 0, "");
    }

    @Test
    void asksForNothingBeforeItIsAsked() {
        StepVerifier.create(out, 0)
                .then(() -> source.assertMaxRequested(0))
                .thenRequest(1)
                .then(() -> source.assertMinRequested(CALLS))
                .thenCancel()
                .verify();
        source.assertCancelled();
    }

    @Test
    void aShutValveAsksForNothingMore() {
        long[] requested = new long[1];
        Flux<ResultItem> counted = Flux.range(0, 1_000_000)
                .map(i -> result("owner-" + i, 0))
                .hide()
                .doOnRequest(n -> requested[0] += n);
        shut.set(true);
        StepVerifier.create(valve.through(counted, CALLS, null, here).flatMapIterable(list -> list), 100)
                .then(() -> assertThat(requested[0]).isZero())
                .then(() -> shut.set(false))
                .then(valve::wake)
                .expectNextCount(100)
                .thenCancel()
                .verify();
        assertThat(requested[0]).isBetween(100L, 400L);
    }

    @Test
    void whatWasAskedForStillArrivesWhenItIsShut() {
        StepVerifier.create(out)
                .then(() -> shut.set(true))
                .then(() -> source.next(result("a", 1)))
                .expectNext(List.of(result("a", 1)))
                .then(source::complete)
                .verifyComplete();
    }

    @Test
    void handsOnInOneListWhatWaited() {
        StepVerifier.create(out, 1)
                .then(() -> source.next(result("a", 1)))
                .expectNext(List.of(result("a", 1)))
                .then(() -> source.next(result("a", 2), result("a", 3), result("a", 4)))
                .then(() -> source.complete())
                .thenRequest(1)
                .expectNext(List.of(result("a", 2), result("a", 3), result("a", 4)))
                .verifyComplete();
    }

    @Test
    void anErrorComesBehindTheResults() {
        StepVerifier.create(out, 0)
                .thenRequest(1)
                .then(() -> source.next(result("a", 1)))
                .expectNextCount(1)
                .then(() -> source.next(result("a", 2)))
                .then(() -> source.error(new IllegalStateException("late")))
                .thenRequest(1)
                .expectNext(List.of(result("a", 2)))
                .verifyErrorMessage("late");
    }

    @Test
    void theWindowIsAsManyAccountsAsTheCallsCanBring() {
        Window window = new Window(CALLS);
        assertThat(window.size()).isEqualTo(CALLS);
        IntStream.range(0, 500).forEach(i -> window.sees(result("large", i)));
        assertThat(window.size()).as("up at once").isEqualTo(CALLS * 500);
        IntStream.range(0, 5000).forEach(i -> window.sees(result("large", i)));
        assertThat(window.size()).as("a call has 1,000 at the most").isEqualTo(CALLS * 1000);
        IntStream.range(0, 200).forEach(i -> window.sees(result("small-" + i, 0)));
        assertThat(window.size()).as("down slowly").isEqualTo(CALLS + 1);
    }

    /** A full socket: what has arrived for it waits, and nothing more is made. */
    @Test
    void aReaderThatAsksForNoMoreHasNothingAskedForIt() {
        AtomicLong asked = new AtomicLong();
        Flux<List<ResultItem>> counted = valve.through(source.flux().doOnRequest(asked::addAndGet), CALLS, null, here);
        StepVerifier.create(counted, 1)
                .then(() -> source.next(result("a", 1)))
                .expectNextCount(1)
                .then(() -> source.next(result("b", 1), result("c", 1), result("d", 1)))
                .then(() -> assertThat(asked).hasValue(CALLS))
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(asked).hasValue(CALLS))
                .thenRequest(1)
                .then(() -> assertThat(asked).hasValue(2 * CALLS))
                .thenCancel()
                .verify();
    }

    @Test
    void whenThereIsNothingToHandOnItShowsThatItLives() {
        Duration period = Duration.ofMillis(500);
        StepVerifier.withVirtualTime(() -> valve.through(source.flux(), CALLS, period, Schedulers.parallel()), 3)
                .expectSubscription()
                .as("an early error may be the whole answer")
                .expectNoEvent(period.multipliedBy(9))
                .thenAwait(period)
                .expectNext(List.of())
                .then(() -> shut.set(true))
                .thenAwait(period)
                .expectNext(List.of())
                .then(() -> shut.set(false))
                .then(valve::wake)
                .then(() -> source.next(result("a", 1)))
                .thenAwait(Duration.ZERO)
                .expectNext(List.of(result("a", 1)))
                .as("the demand is used up: a full socket is sign enough")
                .expectNoEvent(period.multipliedBy(3))
                .thenCancel()
                .verify();
    }
}
