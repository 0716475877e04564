/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.Friendship;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.ResultItem;
import io.github.unfriend.UnfinishedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Deletions of single friendships by any number of callers. As long as one of them waits, all share one {@link Run},
 * where accounts of one owner travel together; when the last has its answer, that run ends.
 */
public final class SingleDeletions {

    private final StreetConfig config;
    private final Elements<Caller> elements;
    private final Gathering gathering;
    /** Callers without a result, those of the other type included. */
    private final AtomicInteger waiting;
    // ---- guarded by this ----
    private @Nullable Shared shared;

    /**
     * Nobody calls yet.
     *
     * @param config what all streams of the gateway share
     * @param work the API
     * @param waiting how many callers of the gateway have no result yet
     */
    public SingleDeletions(StreetConfig config, Work work, AtomicInteger waiting) {
        this.waiting = waiting;
        this.config = config;
        this.elements = new Elements<>(work, Caller::friendship);
        this.gathering = Gathering.ofSingles(config, work);
    }

    /**
     * Deletes one friendship.
     *
     * @param friendship what to delete
     * @param options what this caller wants differently
     * @return its result; nothing happens before it is asked for
     */
    public Mono<ResultItem> delete(Friendship friendship, StreamOptions options) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super ResultItem> actual) {
                new Caller(SingleDeletions.this, friendship, options, actual).begin();
            }
        };
    }

    StreetConfig config() {
        return config;
    }

    /** The way of one caller's element; throws if the gateway is closed or too many wait. */
    synchronized Place enter(Caller caller) {
        if (config.runs().isClosed()) {
            throw new GatewayClosedException();
        }
        if (waiting.incrementAndGet() > gathering.maxHeld()) {
            waiting.decrementAndGet();
            throw new OverloadedException(gathering.maxHeld());
        }
        Shared current = shared;
        if (current == null) {
            current = new Shared();
            if (!config.runs().add(current.run)) {
                waiting.decrementAndGet();
                throw new GatewayClosedException();
            }
            shared = current;
            current.run.begin();
        }
        current.callers.add(caller);
        Run<Caller, Caller> run = current.run;
        Pending<Caller> element = elements.pending(caller);
        run.tell(() -> run.add(element));
        return new Place(run, element);
    }

    private synchronized void leave(Shared from, Caller caller) {
        if (from.callers.remove(caller)) {
            waiting.decrementAndGet();
            if (from.callers.isEmpty()) {
                end(from);
                from.run.intake().onComplete();
            }
        }
    }

    private synchronized List<Caller> leaveAll(Shared from) {
        List<Caller> all = List.copyOf(from.callers);
        from.callers.clear();
        waiting.addAndGet(-all.size());
        end(from);
        return all;
    }

    private void end(Shared ended) {
        if (shared == ended) {
            shared = null;
        }
    }

    /**
     * Where a caller's element is.
     *
     * @param run the run that it was given to
     * @param element the element
     */
    record Place(Run<Caller, Caller> run, Pending<Caller> element) {
        void withdraw() {
            run.withdraw(element);
        }
    }

    /** The subscriber of one shared run: hands each result to its caller. */
    private final class Shared implements CoreSubscriber<Caller> {

        private final Run<Caller, Caller> run;
        private final Set<Caller> callers = new HashSet<>();
        private final Context context = Operators.enableOnDiscard(Context.empty(), this::discarded);

        Shared() {
            run = new Run<>(
                    config, StreamOptions.USUAL, elements, Caller::settle, gathering, Schedulers.immediate(), this);
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        public void onSubscribe(org.reactivestreams.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Caller caller) {
            leave(this, caller);
            caller.answered();
        }

        private void discarded(Object caller) {
            if (caller instanceof Caller gone && gone.isWithdrawn()) { // else the error of all is still to come
                leave(this, gone);
                gone.withdrawnInTime();
            }
        }

        @Override
        public void onError(Throwable error) {
            Throwable each = error instanceof UnfinishedException unfinished ? unfinished.with(List.of(), 1) : error;
            leaveAll(this).forEach(caller -> caller.failed(each));
        }

        @Override
        public void onComplete() {
            // all callers have their answers
        }
    }
}
