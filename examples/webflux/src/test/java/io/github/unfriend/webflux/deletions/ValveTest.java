/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.ResultItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Demand through the valve; everything on the test's own thread. */
@Tag("promise-3")
class ValveTest {

    private final AtomicBoolean shut = new AtomicBoolean();
    private final Valve valve = new Valve(shut::get);
    private final Scheduler here = Schedulers.immediate();
    private final TestPublisher<ResultItem> source = TestPublisher.create();
    private final Flux<List<ResultItem>> out = valve.through(source.flux(), null, here);

    private static ResultItem result(String owner, int friend) {
        return new ResultItem(owner, "friend-" + friend, 0, "");
    }

    @Test
    void asksForNothingBeforeItIsAsked() {
        StepVerifier.create(out, 0)
                .then(() -> source.assertMaxRequested(0))
                .thenRequest(1)
                .then(() -> source.assertMinRequested(Valve.WINDOW))
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
        StepVerifier.create(valve.through(counted, null, here).flatMapIterable(list -> list), 100)
                .then(() -> assertThat(requested[0]).isZero())
                .then(() -> shut.set(false))
                .then(valve::wake)
                .expectNextCount(100)
                .thenCancel()
                .verify();
        assertThat(requested[0]).isBetween(100L, 100L + 2 * Valve.WINDOW);
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

    /** As {@code takeUntilOther} cancels: what has arrived, and what a source that is late still gives. */
    @Test
    void whatNobodyTakesIsDiscarded() {
        List<Object> discarded = new ArrayList<>();
        TestPublisher<ResultItem> late = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        StepVerifier.create(valve.through(late.flux(), null, here).doOnDiscard(ResultItem.class, discarded::add), 1)
                .then(() -> late.next(result("a", 1)))
                .expectNextCount(1)
                .then(() -> late.next(result("a", 2), result("a", 3)))
                .thenCancel()
                .verify();
        assertThat(discarded).containsExactly(result("a", 2), result("a", 3));
        late.next(result("a", 4));
        assertThat(discarded).last().isEqualTo(result("a", 4));
    }

    /** A full socket: what has arrived for it waits, and nothing more is made. */
    @Test
    void aReaderThatAsksForNoMoreHasNothingAskedForIt() {
        AtomicLong asked = new AtomicLong();
        Flux<List<ResultItem>> counted = valve.through(source.flux().doOnRequest(asked::addAndGet), null, here);
        ResultItem[] most = IntStream.range(0, Valve.WINDOW - 2)
                .mapToObj(i -> result("owner-" + i, 0))
                .toArray(ResultItem[]::new);
        StepVerifier.create(counted, 1)
                .then(() -> source.next(result("a", 1)))
                .expectNextCount(1)
                .then(() -> source.next(result("b", 1), most))
                .then(() -> assertThat(asked).hasValue(Valve.WINDOW))
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(asked).hasValue(Valve.WINDOW))
                .thenRequest(1)
                .then(() -> assertThat(asked).hasValue(2 * Valve.WINDOW))
                .thenCancel()
                .verify();
    }

    @Test
    void whenThereIsNothingToHandOnItShowsThatItLives() {
        Duration period = Duration.ofMillis(500);
        StepVerifier.withVirtualTime(() -> valve.through(source.flux(), period, Schedulers.parallel()), 3)
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
