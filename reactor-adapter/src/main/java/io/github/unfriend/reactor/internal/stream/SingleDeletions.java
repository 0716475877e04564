/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.Friendship;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.ResultItem;
import io.github.unfriend.reactor.internal.batch.BatchingOptions;
import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.call.ApiOperation;
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
 * Deletions of single friendships by any number of callers. As long as one of them waits, all share one {@link
 * DeletionSubscription}, where accounts of one owner travel together. When the last has its answer, that stream ends.
 */
public final class SingleDeletions {

    private final StreamContext config;
    private final Elements<SingleDeletion> elements;
    private final BatchingOptions batching;
    /** Callers without a result, those of the other type included. */
    private final AtomicInteger waiting;

    private final AtomicReference<@Nullable Shared> current = new AtomicReference<>();

    /**
     * Nobody calls yet.
     *
     * @param config what all streams of the gateway share
     * @param operation the API
     * @param waiting how many callers of the gateway have no result yet
     */
    public SingleDeletions(StreamContext config, ApiOperation operation, AtomicInteger waiting) {
        this.waiting = waiting;
        this.config = config;
        this.elements = new Elements<>(operation, SingleDeletion::friendship);
        this.batching = config.batchingOfSingles(operation);
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
                new SingleDeletion(config, SingleDeletions.this::enter, friendship, options, actual).begin();
            }
        };
    }

    /** The way of one caller's element; throws if the gateway is closed or too many wait. */
    private SingleDeletion.Place enter(SingleDeletion caller) {
        if (waiting.incrementAndGet() > batching.maxHeld()) {
            waiting.decrementAndGet();
            throw new OverloadedException(batching.maxHeld());
        }
        Shared shared = shared();
        shared.callers.add(caller);
        Pending<SingleDeletion> element = elements.pending(caller);
        shared.stream.tell(element);
        shared.failLateCallers();
        return () -> shared.stream.withdraw(element);
    }

    /** One that still has callers, with one more of them. */
    private Shared shared() {
        while (true) {
            Shared shared = current.get();
            if (shared != null && !shared.stream.isEnding() && shared.enter()) {
                return shared;
            }
            Shared fresh = new Shared();
            if (current.compareAndSet(shared, fresh)) {
                if (config.registry().add(fresh.stream)) {
                    fresh.stream.begin();
                } else {
                    fresh.onError(new GatewayClosedException());
                }
                return fresh;
            }
            fresh.stream.drop(); // somebody else was quicker
        }
    }

    /** The subscriber of one shared stream: hands each result to its caller. */
    private final class Shared implements CoreSubscriber<SingleDeletion> {

        private final Context context = Operators.enableOnDiscard(Context.empty(), this::discarded);
        private final DeletionSubscription<SingleDeletion, SingleDeletion> stream;
        private final Set<SingleDeletion> callers = ConcurrentHashMap.newKeySet();
        /** Callers that have entered and not left; when it is zero nobody enters any more. */
        private final AtomicInteger open = new AtomicInteger(1);

        private volatile @Nullable Throwable failure;

        Shared() {
            stream = new DeletionSubscription<>(
                    config,
                    StreamOptions.USUAL,
                    elements,
                    SingleDeletion::settle,
                    batching,
                    Schedulers.immediate(),
                    this);
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

        private boolean leave(SingleDeletion caller) {
            boolean first = callers.remove(caller);
            if (first) {
                waiting.decrementAndGet();
                if (open.decrementAndGet() == 0) {
                    current.compareAndSet(this, null);
                    stream.source().onComplete();
                }
            }
            return first;
        }

        /** Those who came while it failed. */
        void failLateCallers() {
            Throwable error = failure;
            if (error != null) {
                for (SingleDeletion caller : callers) {
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
        public void onNext(SingleDeletion caller) {
            leave(caller);
            caller.answered();
        }

        private void discarded(Object caller) {
            if (caller instanceof SingleDeletion gone && gone.isWithdrawn()) { // else the error of all is still to come
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
