/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.reactor.RetryPolicy;
import io.github.unfriend.reactor.internal.retry.RetryBudget;
import io.github.unfriend.reactor.internal.watch.GatewayWatch;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Schedulers;

class RunsTest {

    private static final int ROUNDS = 3_000;

    /** A run that never gets as far as a call. */
    @SuppressWarnings("NullAway") // it needs no transport
    private static Run<Friendship, ResultItem> run() {
        StreetConfig config = new StreetConfig(
                null,
                null,
                null,
                null,
                RetryPolicy.standard(),
                1,
                1,
                1000,
                Duration.ofMillis(1),
                new SerialOwners(),
                new RetryBudget(1),
                Duration.ofMinutes(1),
                new Runs(),
                new Refusal(),
                GatewayWatch.NONE,
                Schedulers.immediate());
        Elements<Friendship> elements = new Elements<>(new FriendDeletes(DeleteType.SINGLE), Function.identity());
        return new Run<>(
                config,
                StreamOptions.USUAL,
                elements,
                (element, from, to, code, info) -> new ResultItem(from, to, code, info),
                Gathering.ofStream(config, elements.work()),
                Schedulers.immediate(),
                new BaseSubscriber<ResultItem>() {});
    }

    /** Whoever comes last, the stream that is turned away or the closing: the closing ends. */
    @Tag("promise-7")
    @Test
    @Timeout(120)
    void closingEndsWhenAStreamIsTurnedAwayAtTheSameMoment() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Run<Friendship, ResultItem> late = run();
        Runs[] current = new Runs[1];
        Thread streams = new Thread(() -> {
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    together.await(60, TimeUnit.SECONDS);
                    while (current[0].add(late)) {
                        current[0].remove(late);
                    }
                    together.await(60, TimeUnit.SECONDS);
                }
            } catch (Exception broken) {
                together.reset();
            }
        });
        streams.setDaemon(true);
        streams.start();
        for (int round = 0; round < ROUNDS; round++) {
            Runs runs = new Runs();
            current[0] = runs;
            AtomicBoolean closed = new AtomicBoolean();
            together.await(60, TimeUnit.SECONDS);
            runs.refuse(Duration.ofDays(1), Schedulers.parallel()).subscribe(null, null, () -> closed.set(true));
            together.await(60, TimeUnit.SECONDS);
            assertThat(closed).as("round %s", round).isTrue();
        }
        streams.join();
    }
}
