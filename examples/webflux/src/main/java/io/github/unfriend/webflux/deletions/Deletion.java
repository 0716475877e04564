/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.webflux.calls.CallMeter;
import io.github.unfriend.webflux.deletions.Progress.Outcomes;
import io.github.unfriend.webflux.deletions.Progress.Sample;
import io.github.unfriend.webflux.deletions.Progress.State;
import io.github.unfriend.webflux.web.ProblemException;
import io.github.unfriend.webflux.web.Problems;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * One deletion: a stream through the gateway with a valve behind it, and the counts. Any thread may look at it, pause it
 * and cancel it.
 */
final class Deletion {

    /** Points of the plots that are kept: six minutes in full detail. */
    private static final int SAMPLES = 720;
    /** A rate is measured over this time. */
    private static final long LATELY_MILLIS = 3000;
    /** The service repeats a report that was not taken; what has not come by then is not waited for. */
    private static final Duration LATE_REPORTS = Duration.ofSeconds(10);
    /**
     * Short enough to notice within a second that a reader has left, also while the service keeps everybody waiting.
     */
    private static final Duration SIGN_OF_LIFE = Duration.ofMillis(500);

    private final String id;
    private final DeleteType type;
    private final boolean streamed;
    private final CallMeter calls;
    private final Instant created;
    private final Tally tally;
    private final Confirmations confirmations;
    private final ProblemException cancelled;
    private final AtomicReference<Standing> standing = new AtomicReference<>(Standing.AT_FIRST);
    private final Valve valve = new Valve(() -> state() == State.PAUSED);
    private final History history = new History(SAMPLES);
    private final AtomicBoolean holdsAPlace = new AtomicBoolean(true);
    private final Sinks.Empty<Void> cancellation = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private final long beginNanos = System.nanoTime();

    /** Bytes of whole lines in the file of results. */
    private volatile long written;

    private volatile boolean resultsAreWhole;
    private volatile @Nullable Long total;

    Deletion(String id, DeleteType type, boolean streamed, CallMeter calls, Confirmations confirmations, Clock clock) {
        this.id = id;
        this.type = type;
        this.streamed = streamed;
        this.calls = calls;
        this.confirmations = confirmations;
        this.created = clock.instant();
        this.tally = new Tally(clock);
        this.cancelled = new ProblemException(
                HttpStatus.CONFLICT,
                "cancelled",
                "Deletion " + id + " was cancelled. Accounts without a line may or may not be deleted: post them"
                        + " again to know.");
    }

    String id() {
        return id;
    }

    State state() {
        return standing().state();
    }

    private Standing standing() {
        return Objects.requireNonNull(standing.get());
    }

    boolean isStreamed() {
        return streamed;
    }

    long written() {
        return written;
    }

    void written(long bytes) {
        written = bytes;
    }

    /** Every line is in the file, the last one about a problem if there was one; to be said before the end. */
    void resultsAreWhole() {
        resultsAreWhole = true;
    }

    boolean hasWholeResults() {
        return resultsAreWhole;
    }

    /** The list is known as a whole. */
    void total(long accounts) {
        total = accounts;
    }

    /**
     * Deletes. Nothing is sent before the first request. {@link Valve} says which calls are still made after a pause.
     *
     * @param gateway the gateway
     * @param friendships what to delete
     * @return lists of results, one for each friendship, duplicates included. The caller has to {@linkplain #count
     *     count} those it hands on. A streamed deletion sends an empty list as a sign of life while it has no results.
     *     Ends with a {@link ProblemException} when it is cancelled
     */
    Flux<List<ResultItem>> run(FriendGateway gateway, Flux<Friendship> friendships) {
        return Flux.defer(() -> {
            standing.updateAndGet(Standing::asStarted);
            return untilCancelled(valve.through(
                    gateway.delete(type, friendships.doOnNext(confirmations::asked)),
                    streamed ? SIGN_OF_LIFE : null,
                    Schedulers.parallel()));
        });
    }

    /** Ends a stream when this deletion is cancelled. */
    <T> Flux<T> untilCancelled(Flux<T> source) {
        return source.takeUntilOther(cancellation.asMono());
    }

    /** These have a line: what counts is what the reader can have, not what came from the gateway. */
    void count(List<ResultItem> results) {
        for (ResultItem result : results) {
            tally.add(result);
            confirmations.answered(result);
        }
    }

    /** Asks for nothing more; {@link Valve} says which calls are still made. False when it has ended. */
    boolean pause() {
        return standing.updateAndGet(now -> now.asPaused(true)).end() == null;
    }

    /** False when it has ended. */
    boolean resume() {
        boolean goesOn = standing.updateAndGet(now -> now.asPaused(false)).end() == null;
        valve.wake();
        return goesOn;
    }

    /**
     * Ends the stream. It reports its {@link #end} when its last line is out. Calls that have not left are not made.
     */
    void cancel() {
        cancellation.tryEmitError(cancelled);
    }

    /** The reader has left. */
    void abandon() {
        cancel();
        end(cancelled);
    }

    /**
     * Nothing will happen any more, and every count is final.
     *
     * @param error why it ended early; null if it did not
     */
    void end(@Nullable Throwable error) {
        State last = error == null ? State.DONE : error == cancelled ? State.CANCELLED : State.FAILED;
        Standing.End how = new Standing.End(
                last, sample(), error == null || error == cancelled ? null : Problems.of(error), System.nanoTime());
        standing.updateAndGet(now -> now.asEnded(how));
        ended.tryEmitEmpty();
    }

    /** Completes at the end, at once when that has been. */
    Mono<Void> ended() {
        return ended.asMono();
    }

    /** True for the first who asks. */
    boolean givesItsPlaceBack() {
        return holdsAPlace.compareAndSet(true, false);
    }

    void confirm(List<Friendship> removed) {
        confirmations.reported(removed);
    }

    /** Whether it has ended and no more reports of the webhook are waited for. */
    boolean isSettled() {
        Standing.End end = standing().end();
        return end != null
                && (!confirmations.isMissingSome() || System.nanoTime() - end.nanos() > LATE_REPORTS.toNanos());
    }

    /** Half a second has gone by. */
    void tick() {
        if (isSettled()) {
            confirmations.close();
        } else if (!state().isFinal()) {
            history.add(sample());
        }
    }

    List<Sample> historyAfter(long t) {
        return history.after(t);
    }

    Progress progress() {
        boolean settled = isSettled(); // first, so that what is counted in the meantime is shown as well
        Standing now = standing();
        Standing.End end = now.end();
        Sample sample = end == null ? sample() : end.sample();
        Outcomes outcomes = tally.outcomes();
        long answered = outcomes.sum();
        long perSecond = now.state() == State.RUNNING ? perSecond(sample, answered) : 0;
        Long all = total;
        Long left = all == null || perSecond == 0 ? null : Math.max(0, all - answered) / perSecond;
        return new Progress(
                id,
                type.name().toLowerCase(Locale.ROOT),
                now.state(),
                settled,
                streamed,
                created,
                sample.t() / 1000.0,
                all,
                answered,
                outcomes,
                confirmations.confirmed(),
                perSecond,
                left,
                tally.codes(),
                tally.failures(),
                end == null ? null : end.problem(),
                calls.problem(),
                sample);
    }

    private long perSecond(Sample now, long answered) {
        Sample then = history.at(now.t() - LATELY_MILLIS, now);
        long millis = now.t() - then.t();
        long before = then.deleted() + then.notFriends() + then.failed() + then.unknown();
        return millis <= 0 ? 0 : (answered - before) * 1000 / millis;
    }

    private Sample sample() {
        Outcomes outcomes = tally.outcomes();
        return new Sample(
                (System.nanoTime() - beginNanos) / 1_000_000,
                calls.lastSecond(),
                calls.state().callsPerSecond(),
                outcomes.deleted(),
                outcomes.notFriends(),
                outcomes.failed(),
                outcomes.unknown(),
                confirmations.confirmed());
    }
}
