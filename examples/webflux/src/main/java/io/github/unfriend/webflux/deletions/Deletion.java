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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import reactor.core.publisher.Flux;
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

    private final String id;
    private final DeleteType type;
    private final boolean streamed;
    private final int maxConcurrentCalls;
    private final CallMeter calls;
    private final Instant created;
    private final Tally tally;
    private final Valve valve = new Valve();
    private final Owners owners = new Owners();
    private final History history = new History(SAMPLES);
    private final AtomicReference<State> state = new AtomicReference<>(State.READING);
    private final AtomicBoolean holdsAPlace = new AtomicBoolean(true);
    private final AtomicLong confirmed = new AtomicLong();
    private final Sinks.Empty<List<ResultItem>> cancellation = Sinks.empty();
    private final long beginNanos = System.nanoTime();
    /** How things stood at the end; null before. */
    private final AtomicReference<@Nullable Sample> end = new AtomicReference<>();

    /** Bytes of whole lines in the file of results. */
    private volatile long written;

    private volatile @Nullable Long total;
    private volatile @Nullable ProblemDetail problem;

    Deletion(String id, DeleteType type, boolean streamed, int maxConcurrentCalls, CallMeter calls, Clock clock) {
        this.id = id;
        this.type = type;
        this.streamed = streamed;
        this.maxConcurrentCalls = maxConcurrentCalls;
        this.calls = calls;
        this.created = clock.instant();
        this.tally = new Tally(clock);
    }

    String id() {
        return id;
    }

    State state() {
        return Objects.requireNonNull(state.get());
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

    /** The list is known as a whole. */
    void total(long accounts) {
        total = accounts;
    }

    /**
     * Deletes. Nothing is sent before it is asked for, nor while the valve is shut.
     *
     * @param gateway whom to ask
     * @param friendships what to delete
     * @return results as they come, in lists; ends with a {@link ProblemException} when somebody cancels
     */
    Flux<List<ResultItem>> run(FriendGateway gateway, Flux<Friendship> friendships) {
        return Flux.defer(() -> {
            state.compareAndSet(State.READING, State.RUNNING);
            Flux<Friendship> source = friendships.doOnNext(friendship -> owners.add(friendship.fromAccount()));
            return valve.through(
                            gateway.delete(type, source).doOnNext(tally::add),
                            maxConcurrentCalls,
                            Schedulers.parallel())
                    .takeUntilOther(cancellation.asMono());
        });
    }

    /** No new calls; those under way are answered. */
    boolean pause() {
        if (state.compareAndSet(State.RUNNING, State.PAUSED)) {
            valve.shut();
        }
        return state() == State.PAUSED;
    }

    boolean resume() {
        if (state.compareAndSet(State.PAUSED, State.RUNNING)) {
            valve.open();
        }
        return state() == State.RUNNING;
    }

    /** Ends the stream; what has not left will not. */
    void cancel() {
        end(State.CANCELLED, null);
        cancellation.tryEmitError(new ProblemException(
                HttpStatus.CONFLICT,
                "cancelled",
                "Deletion " + id + " was cancelled. Accounts without a line were not answered: calls that were on the"
                        + " wire may have taken effect. To know, delete these accounts again."));
    }

    /** The first word about the end counts. */
    void end(State last, @Nullable Throwable error) {
        State before = state();
        while (!before.isFinal()) {
            if (error != null) {
                problem = Problems.of(error);
            }
            Sample now = sample();
            if (state.compareAndSet(before, last)) {
                end.set(now);
                return;
            }
            before = state();
        }
    }

    /** True for the first who asks. */
    boolean givesItsPlaceBack() {
        return holdsAPlace.compareAndSet(true, false);
    }

    void confirm(List<Friendship> removed) {
        confirmed.addAndGet(owners.countOwn(removed));
    }

    /** Half a second has gone by. */
    void tick() {
        history.add(sample());
    }

    List<Sample> historyAfter(long t) {
        return history.after(t);
    }

    Progress progress() {
        State now = state(); // first: the counts of a final state are final, too
        Sample atTheEnd = end.get();
        Sample sample = atTheEnd == null ? sample() : atTheEnd;
        long answered = tally.answered();
        long perSecond = now == State.RUNNING ? perSecond(sample, answered) : 0;
        Long all = total;
        Long left = all == null || perSecond == 0 ? null : Math.max(0, all - answered) / perSecond;
        return new Progress(
                id,
                type.name().toLowerCase(Locale.ROOT),
                now,
                streamed,
                created,
                sample.t() / 1000.0,
                all,
                answered,
                tally.outcomes(),
                confirmed.get(),
                perSecond,
                left,
                tally.codes(),
                tally.failures(),
                problem,
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
                confirmed.get());
    }
}
