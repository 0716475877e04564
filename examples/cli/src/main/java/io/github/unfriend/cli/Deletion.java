/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.cli.input.AccountReader;
import io.github.unfriend.cli.input.Input;
import io.github.unfriend.cli.output.AccountSet;
import io.github.unfriend.cli.output.ResultLine;
import io.github.unfriend.cli.output.ResultWriter;
import io.github.unfriend.cli.output.Tally;
import io.github.unfriend.cli.progress.Meter;
import io.github.unfriend.cli.progress.Progress;
import io.github.unfriend.cli.progress.Summary;
import io.github.unfriend.reactor.FriendGateway;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Accounts from a reader through the gateway to a writer. Three threads may block here and none of them is an event loop:
 * the one that reads, the one that writes, and the caller's, which waits.
 */
final class Deletion {

    /** What an interrupted run may take longer than a call, to write what came. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Env env;
    private final Api api;
    private final DeleteType type;
    private final FriendGateway gateway;
    private final AccountSet accounts;
    private final Tally tally = new Tally();
    private final AtomicLong doneBefore = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();

    /** How to do it. */
    record Manner(Duration callTimeout, Progress.Style style, boolean quiet, boolean resumable) {}

    Deletion(Env env, Api api, DeleteType type, FriendGateway gateway, AccountSet accounts) {
        this.env = env;
        this.api = api;
        this.type = type;
        this.gateway = gateway;
        this.accounts = accounts;
    }

    Tally tally() {
        return tally;
    }

    int run(Input input, long total, OutputStream out, Manner manner) {
        return run(input::open, total, out, manner);
    }

    /** Waits for the end. The gateway stays open; an interruption closes it. */
    int run(Supplier<AccountReader> input, long total, OutputStream out, Manner manner) {
        Scheduler reading = Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "unfriend-input", 60, true);
        Flux<Friendship> source = Flux.<Friendship, AccountReader>generate(
                        input::get,
                        (reader, sink) -> {
                            Friendship next = nextNew(reader);
                            if (next == null) {
                                sink.complete();
                            } else {
                                sink.next(next);
                            }
                            return reader;
                        },
                        AccountReader::close)
                .subscribeOn(reading, true);
        Meter meter = new Meter(tally, skipped, total, gateway, api);
        long begin = System.nanoTime();
        Throwable end;
        Progress progress = Progress.start(env.err(), meter, manner.style(), env.columns());
        try {
            end = api == Api.FRIEND_DELETE
                    ? write(gateway.delete(type, source), ResultLine::of, out, manner)
                    : write(gateway.deleteAll(type, source.map(Friendship::fromAccount)), ResultLine::of, out, manner);
        } finally {
            progress.close();
            reading.dispose();
        }
        if (!manner.quiet()) {
            new Summary(tally, doneBefore.get(), repeated.get(), meter.calls(), System.nanoTime() - begin)
                    .print(env.err());
        }
        Ending ending = new Ending(end, env.interruption().isInterrupted(), meter, manner.resumable());
        ending.print(env.err());
        return ending.code();
    }

    private @Nullable Friendship nextNew(AccountReader reader) {
        Friendship next;
        while ((next = reader.next()) != null) {
            switch (accounts.see(next.fromAccount(), next.toAccount())) {
                case NEW -> {
                    return next;
                }
                case SEEN -> repeated.incrementAndGet();
                case DONE -> doneBefore.incrementAndGet();
            }
            skipped.incrementAndGet();
        }
        return null;
    }

    /** Returns what ended it, null for the end of the input. */
    private <R> @Nullable Throwable write(
            Flux<R> results, Function<R, ResultLine> toLine, OutputStream out, Manner manner) {
        ResultWriter<R> writer = new ResultWriter<>(out, toLine, tally);
        CompletableFuture<Void> done = writer.done();
        Runnable stop = () -> {
            gateway.dispose(); // calls on the wire are waited for, and nothing else leaves
            done.orTimeout(manner.callTimeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        };
        env.interruption().onInterrupt(stop);
        try {
            results.subscribe(writer);
            done.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            gateway.dispose();
            return e;
        } finally {
            env.interruption().nothingUnderWay();
        }
    }
}
