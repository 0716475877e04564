/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.internal.batch.Batch;
import io.github.unfriend.reactor.internal.batch.BatchQueue;
import io.github.unfriend.reactor.internal.batch.BatchingOptions;
import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.batch.SerializedAccounts;
import io.github.unfriend.reactor.internal.call.Call;
import io.github.unfriend.reactor.internal.call.CallConfig;
import io.github.unfriend.reactor.internal.call.FriendDeleteOperation;
import io.github.unfriend.reactor.internal.call.ProbeGate;
import io.github.unfriend.reactor.internal.call.SharedEffects;
import io.github.unfriend.reactor.internal.observation.GatewayListener;
import io.github.unfriend.reactor.internal.retry.RetryBudget;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

/** What is told to a call that has ended does nothing. */
@Tag("promise-1")
class RunningCallTest {

    private static Pending<String> element(String to) {
        return new Pending<>(to, "from", to, null);
    }

    @Test
    @SuppressWarnings("NullAway")
    void anAttemptThatWasToldBeforeTheEnd() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        Pacer pacer = Pacer.builder()
                .nanoClock(() -> time.now(java.util.concurrent.TimeUnit.NANOSECONDS))
                .scheduler(time)
                .build();
        pacer.pause(Api.FRIEND_DELETE, Duration.ofSeconds(2));
        CallConfig config = new CallConfig(
                null,
                null,
                pacer,
                new SharedEffects(pacer, new SerializedAccounts(System::nanoTime), new ProbeGate()),
                null,
                new RetryBudget(500),
                Duration.ofMinutes(10),
                null,
                GatewayListener.NONE,
                time);
        BatchQueue<String> queue = new BatchQueue<>(new BatchingOptions(100, 1000, 0, 0, true));
        Pending<String> b = element("b");
        queue.add(b, 0);
        Batch<String> first = Objects.requireNonNull(queue.next(false, 0));
        queue.take(first);
        first.startsAt(0);
        queue.mayBeJoined(first);
        first.waits();
        first.leave(); // b is on the wire

        Pending<String> a = element("a");
        queue.add(a, 0);
        Batch<String> second = Objects.requireNonNull(queue.next(false, 0));
        queue.take(second);
        boolean[] busy = {true};
        SerialExecutor[] self = new SerialExecutor[1];
        SerialExecutor executor = new SerialExecutor(time.createWorker(), () -> {
            if (!busy[0]) {
                try {
                    self[0].runAll();
                } catch (NullPointerException noTransport) {
                    /* send is only assembled */
                }
            }
        });
        self[0] = executor;
        Call<String> call =
                new Call<>(config, new FriendDeleteOperation(DeleteType.SINGLE), second, null, Context.empty());
        RunningCall<String> running = new RunningCall<>(call, executor, (c, d) -> {
            if (d.isOver()) {
                c.end();
                d.unfinished().forEach(queue::forget);
            }
        });
        queue.mayBeJoined(second);
        running.start();
        executor.open();
        executor.tell(
                () -> { // the worker is busy: told, not run
                    a.withdraw();
                    var d = call.withdrawn();
                    assertThat(d.isOver()).isTrue();
                    running.end();
                    d.unfinished().forEach(queue::forget);
                });
        time.advanceTimeBy(Duration.ofSeconds(2)); // the pause is over: told behind it
        busy[0] = false;
        executor.wake();
        time.advanceTime();
        queue.add(element("c"), 0);
        Batch<String> next = queue.next(true, 0);
        assertThat(next).isNotNull();
    }
}
