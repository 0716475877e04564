/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.AccountFailedException;
import io.github.unfriend.Outcome;
import io.github.unfriend.UnfinishedException;
import io.github.unfriend.reactor.internal.batch.Batch;
import io.github.unfriend.reactor.internal.batch.BatchQueue;
import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.call.Disposition;
import io.github.unfriend.reactor.internal.call.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The deletions of one stream that have no result: they wait, or a call is under way for them. Does what a {@link
 * Disposition} says about them. Once the stream is to end with an error, nothing waits any more; what is on the wire
 * still gets its result. Belongs to the worker of the stream, {@link #isEnding} to all.
 */
final class PendingDeletions<T, R> {

    private final StreamContext config;
    private final boolean stopOnError;
    private final BatchQueue<T> queue;
    private final RunningCalls<T> calls;
    private final AccountEnds<T, R> accounts;
    private final ResultQueue<R> results;
    private final SerialExecutor executor;
    private boolean withdrawals;
    /** Makes the error from the number of elements without a result. */
    private volatile @Nullable LongFunction<Throwable> end;

    PendingDeletions(
            StreamContext config,
            boolean stopOnError,
            BatchQueue<T> queue,
            RunningCalls<T> calls,
            AccountEnds<T, R> accounts,
            ResultQueue<R> results,
            SerialExecutor executor) {
        this.config = config;
        this.stopOnError = stopOnError;
        this.queue = queue;
        this.calls = calls;
        this.accounts = accounts;
        this.results = results;
        this.executor = executor;
    }

    /** Whether the stream ends with an error: what comes now gets no result. */
    boolean isEnding() {
        return end != null;
    }

    /** The error to end with, once it {@link #isEnding}, for a stream that was given so many elements. */
    @Nullable
    Throwable error(long elements) {
        LongFunction<Throwable> ending = end;
        return ending == null ? null : ending.apply(elements - accounts.answered());
    }

    /** Whether a call is not over. */
    boolean isUnderWay() {
        return !calls.isEmpty();
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return calls.isEmpty() && queue.held() == 0;
    }

    /** Nobody waits for this element any more: it does not leave, or is not sent again. */
    void withdraw(Pending<T> element) {
        element.withdraw();
        withdrawals = true;
        Batch<T> batch = element.batch();
        if (batch != null) {
            dropWithdrawn(batch);
        } else if (!element.isAnswered()) { // the stream ends, and had discarded it
            accounts.discard(element);
        }
    }

    /** Nobody takes results any more: what waits is discarded, and what is under way is cancelled. */
    void discard() {
        for (RunningCall<T> call : calls.all()) {
            call.cancel();
            call.call().batch().accounts().forEach(accounts::discard);
        }
        calls.clear();
        queue.empty(batch -> batch.accounts().forEach(accounts::discard));
    }

    /** A new element. */
    void add(Pending<T> element) {
        Pending.Problem problem = element.problem();
        if (end != null) {
            accounts.discard(element);
        } else if (problem != null) {
            answer(new Settlement<>(element, problem.code(), problem.info()));
        } else {
            Batch<T> joined = queue.add(element, config.nanos());
            RunningCall<T> call = joined == null ? null : calls.with(joined);
            if (call != null) {
                calls.count(call);
            }
        }
    }

    /** Elements that nobody waits for are taken out of a batch, unless it has left. */
    void dropWithdrawn(Batch<T> batch) {
        RunningCall<T> call = calls.with(batch);
        if (!withdrawals) {
            return;
        }
        if (call != null) {
            apply(call, call.call().withdrawn());
        } else {
            queue.takeOut(batch, Pending::isWithdrawn)
                    .forEach(element -> endUnfinished(element, "nobody waited for it any more"));
        }
    }

    /** What was decided about a call. */
    void apply(RunningCall<T> call, Disposition<T> disposition) {
        if (disposition.isOver()) {
            calls.remove(call);
            call.end();
            results.nextCall();
        }
        disposition.held().forEach(queue::hold);
        disposition.released().forEach(queue::release);
        Throwable error = disposition.fatal();
        if (error != null) { // before the words about accounts, of which one could end the stream with a lesser error
            endWith(
                    Settlement.reason(error),
                    count -> error instanceof UnfinishedException unfinished
                            ? unfinished.with(List.of(), count)
                            : error);
        }
        disposition.settled().forEach(this::answer);
        disposition.unfinished().forEach(accounts::discard);
        if (disposition.refusesAll() && error instanceof UnfinishedException refusal) {
            config.registry().endAll(refusal);
        }
        disposition.resends().forEach(this::resend);
        if (calls.contains(call)) {
            calls.count(call);
            Duration delay = disposition.repeatAfter();
            if (delay != null) {
                repeat(call, delay, disposition.atOnce());
            }
        }
    }

    private void repeat(RunningCall<T> call, Duration delay, boolean atOnce) {
        if (atOnce) {
            call.attempt();
        } else {
            calls.pauses(call);
            call.pause(delay, () -> calls.isDue(call));
            dropWithdrawn(call.call().batch());
        }
    }

    /** After the stream was ended nothing waits any more. */
    private void resend(Disposition.Resend<T> resend) {
        Batch<T> batch = resend.batch();
        if (end != null) {
            batch.accounts().forEach(account -> endUnfinished(account, "the stream ended"));
            return;
        }
        batch.returns();
        if (resend.together() && resend.delay().isZero()) {
            queue.addPiece(batch);
        } else {
            queue.rest(batch);
            executor.later(
                    () -> queue.endRest(batch, resend.together(), config.nanos()),
                    resend.delay().toNanos());
        }
        dropWithdrawn(batch);
    }

    private void answer(Settlement<T> result) {
        accounts.answer(result);
        if (stopOnError && !Outcome.of(result.code(), result.info()).isGone()) {
            Pending<T> account = result.account();
            endWith(
                    "the stream was stopped",
                    count -> new AccountFailedException(
                            account.fromAccount(), account.toAccount(), result.code(), result.info(), count));
        }
    }

    private void endUnfinished(Pending<T> account, String reason) {
        Settlement<T> result = Settlement.unfinished(account, reason);
        if (result == null) {
            accounts.discard(account);
        } else {
            answer(result);
        }
    }

    /** Ends the stream after what is on the wire: results first, then this error. */
    void endWith(String reason, LongFunction<Throwable> error) {
        if (end != null) {
            return;
        }
        end = error;
        calls.all().forEach(call -> apply(call, call.call().stop()));
        queue.empty(batch -> batch.accounts().forEach(account -> endUnfinished(account, reason)));
    }
}
