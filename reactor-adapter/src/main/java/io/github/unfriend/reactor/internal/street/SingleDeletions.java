/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.Friendship;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.ResultItem;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

    private final AtomicReference<@Nullable Shared> current = new AtomicReference<>();

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
    Place enter(Caller caller) {
        if (waiting.incrementAndGet() > gathering.maxHeld()) {
            waiting.decrementAndGet();
            throw new OverloadedException(gathering.maxHeld());
        }
        Shared shared = shared();
        shared.callers.add(caller);
        Pending<Caller> element = elements.pending(caller);
        shared.run.tell(() -> shared.run.addTold(element));
        shared.failLateCallers();
        return new Place(shared.run, element);
    }

    /** One that still has callers, with one more of them. */
    private Shared shared() {
        while (true) {
            Shared shared = current.get();
            if (shared != null && !shared.run.isEnding() && shared.enter()) {
                return shared;
            }
            Shared fresh = new Shared();
            if (current.compareAndSet(shared, fresh)) {
                if (config.runs().add(fresh.run)) {
                    fresh.run.begin();
                } else {
                    fresh.onError(new GatewayClosedException());
                }
                return fresh;
            }
            fresh.run.drop(); // somebody else was quicker
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

        private final Context context = Operators.enableOnDiscard(Context.empty(), this::discarded);
        private final Run<Caller, Caller> run;
        private final Set<Caller> callers = ConcurrentHashMap.newKeySet();
        /** Callers that have entered and not left; when it is zero nobody enters any more. */
        private final AtomicInteger open = new AtomicInteger(1);

        private volatile @Nullable Throwable failure;

        Shared() {
            run = new Run<>(
                    config, StreamOptions.USUAL, elements, Caller::settle, gathering, Schedulers.immediate(), this);
        }

        boolean enter() {
            int now = open.get();
            while (now > 0) {
                if (open.compareAndSet(now, now + 1)) {
                    return true;
                }
                now = open.get();
            }
            return false;
        }

        private boolean leave(Caller caller) {
            boolean first = callers.remove(caller);
            if (first) {
                waiting.decrementAndGet();
                if (open.decrementAndGet() == 0) {
                    current.compareAndSet(this, null);
                    run.intake().onComplete();
                }
            }
            return first;
        }

        /** Those who came while it failed. */
        void failLateCallers() {
            Throwable error = failure;
            if (error != null) {
                for (Caller caller : callers) {
                    if (leave(caller)) {
                        caller.failed(error);
                    }
                }
            }
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
            leave(caller);
            caller.answered();
        }

        private void discarded(Object caller) {
            if (caller instanceof Caller gone && gone.isWithdrawn()) { // else the error of all is still to come
                if (leave(gone)) {
                    gone.withdrawnInTime();
                }
            }
        }

        @Override
        public void onError(Throwable error) {
            current.compareAndSet(this, null);
            failure = error;
            failLateCallers();
        }

        @Override
        public void onComplete() {
            // all callers have their answers
        }
    }
}
