/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.reactor.internal.batch.Batch;
import io.github.unfriend.reactor.internal.batch.BatchQueue;
import io.github.unfriend.reactor.internal.batch.BatchingOptions;
import io.github.unfriend.reactor.internal.batch.SerializedAccounts;
import io.github.unfriend.reactor.internal.call.ApiOperation;
import io.github.unfriend.reactor.internal.call.Call;
import io.github.unfriend.reactor.internal.call.Disposition;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import reactor.util.context.Context;

/**
 * Starts calls while there are places, batches and demand, and asks the source for more while there is room. Belongs to
 * the worker of the stream.
 */
final class CallStarter<T> {

    /** Elements that are asked of the source at once, where batches are small. */
    private static final int SMALL_WINDOW = 256;

    private final StreamContext config;
    private final ApiOperation operation;
    private final BatchingOptions batching;
    private final BatchQueue<T> queue;
    private final RunningCalls<T> calls;
    private final ResultQueue<?> results;
    private final SourceSubscriber<T> source;
    private final SerialExecutor executor;
    private final Context subscriber;
    private final BiConsumer<RunningCall<T>, Disposition<T>> apply;
    private final ReadAhead readAhead;
    private final Alarm alarm;

    CallStarter(
            StreamContext config,
            ApiOperation operation,
            BatchingOptions batching,
            BatchQueue<T> queue,
            RunningCalls<T> calls,
            ResultQueue<?> results,
            SourceSubscriber<T> source,
            SerialExecutor executor,
            Context subscriber,
            BiConsumer<RunningCall<T>, Disposition<T>> apply) {
        this.config = config;
        this.operation = operation;
        this.batching = batching;
        this.queue = queue;
        this.calls = calls;
        this.results = results;
        this.source = source;
        this.executor = executor;
        this.subscriber = subscriber;
        this.apply = apply;
        this.readAhead = new ReadAhead(config.readAhead(), results, calls, queue);
        this.alarm = new Alarm(executor, config::nanos);
    }

    /**
     * Starts as many calls as may be started now.
     *
     * @param isOpen whether the stream still wants results
     * @param dropWithdrawn takes elements out of a batch for which nobody waits any more
     */
    void startCalls(BooleanSupplier isOpen, Consumer<Batch<T>> dropWithdrawn) {
        // A call keeps its place until its results are signalled or lie beyond the demand: else a slow subscriber that
        // has asked for everything would pile them up.
        int answered = results.callsWithin(results.demand());
        while (isOpen.getAsBoolean() && calls.hasPlace(answered)) {
            RunningCall<T> again = calls.nextDue();
            if (again != null) {
                again.attempt();
                continue;
            }
            Batch<T> part = queue.nextPart();
            if (part != null) {
                begin(part, dropWithdrawn);
                continue;
            }
            long allowance = calls.mayBegin() ? readAhead.allowance() : 0;
            Batch<T> batch = allowance <= 0 ? null : queue.next(source.isExhausted() || room() <= 0, config.nanos());
            if (batch == null || batch.elements() > allowance) {
                // More demand comes with a word of its own; more time does not.
                alarm.at(batch == null && allowance > 0 ? queue.nextAt() : Alarm.NEVER);
                return;
            }
            begin(batch, dropWithdrawn);
        }
    }

    private void begin(Batch<T> batch, Consumer<Batch<T>> dropWithdrawn) {
        dropWithdrawn.accept(batch);
        if (!batch.isEmpty()) {
            queue.take(batch);
            start(batch);
        }
    }

    private void start(Batch<T> batch) {
        String owner = batch.fromAccount();
        SerializedAccounts.Turn turn = null;
        if (config.serializedAccounts().contains(owner)) {
            turn = queue.hasParked(owner)
                    ? null
                    : config.serializedAccounts().enter(owner, () -> executor.tell(() -> queue.unpark(owner)));
            if (turn == null) {
                queue.park(batch);
                return;
            }
        }
        Call<T> call = new Call<>(config.calls(), operation, batch, turn, subscriber);
        RunningCall<T> running = new RunningCall<>(call, executor, apply);
        calls.add(running);
        queue.mayBeJoined(batch);
        running.start();
    }

    /** How many more elements the stream may have in memory. */
    long room() {
        long mostCalls = (long) config.maxConcurrentCalls() + config.readAhead();
        long load = queue.held() + calls.elements() + results.size();
        return Math.min(batching.maxHeld() - queue.held(), batching.maxHeld() + mostCalls * batching.maxBatch() - load);
    }

    /** In small pieces: a source that makes its elements while it is asked is not kept at it for long. */
    void askSource() {
        // Results that nobody has asked for are a reason to wait, also if no call was needed for them; and so are
        // elements that share the accounts of a call which has not left.
        long underWay = calls.elements() + queue.inParts();
        long shared = Math.max(0, underWay - (long) calls.size() * batching.maxBatch());
        boolean isFarAhead = results.size() + shared - results.demand() >= batching.enough();
        if (!queue.hasEnough() && (readAhead.allowance() > 0 || !isFarAhead)) {
            int window = Math.max(SMALL_WINDOW, batching.maxBatch());
            source.askUpTo(Math.min(room(), window), window / 4);
        }
    }
}
