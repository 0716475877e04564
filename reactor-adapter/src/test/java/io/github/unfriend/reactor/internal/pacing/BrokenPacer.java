/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.SECOND;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.PacerState;
import io.github.unfriend.reactor.Permit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** Pacers as people write them, each with one mistake: the properties must object. For one thread, in virtual time. */
final class BrokenPacer implements Pacer {

    enum Mistake {
        /** The ring of the last grants: a place comes back one window after its grant, whenever the call left. */
        COUNTS_FROM_THE_GRANT,
        /** A cancelled caller stays in the queue and is granted in its turn; nobody gives its place back. */
        KEEPS_CANCELLED_CALLERS,
        /** A permit given back does not free its place. */
        LOSES_WHAT_IS_GIVEN_BACK,
        /** Whoever asked last is served first. */
        SERVES_THE_LAST_FIRST,
        /** All free places are granted at once. */
        GRANTS_IN_BURSTS
    }

    private final World world;
    private final int limit;
    private final Mistake mistake;
    private final List<Ring> queue = new ArrayList<>();
    private final ArrayDeque<Long> backAt = new ArrayDeque<>();
    private long lastGrant;
    private long pausedUntil;
    private int unwritten;
    private boolean timerSet;

    BrokenPacer(World world, int limit, Mistake mistake) {
        this.world = world;
        this.limit = limit;
        this.mistake = mistake;
        this.lastGrant = world.now() - SECOND;
        this.pausedUntil = world.now();
    }

    private void serve() {
        long now = world.now();
        while (!backAt.isEmpty() && backAt.getFirst() - now <= 0) {
            backAt.removeFirst();
        }
        boolean spaced = mistake != Mistake.GRANTS_IN_BURSTS;
        while (!queue.isEmpty() && now - pausedUntil >= 0 && backAt.size() + unwritten < limit) {
            if (spaced && now - lastGrant < SECOND / limit) {
                break;
            }
            Ring first = queue.remove(mistake == Mistake.SERVES_THE_LAST_FIRST ? queue.size() - 1 : 0);
            lastGrant = now;
            first.grant(now);
        }
        if (!queue.isEmpty() && !timerSet) {
            timerSet = true;
            world.onClient(SECOND / 1000, this::ring);
        }
    }

    private void ring() {
        timerSet = false;
        serve();
    }

    private final class Ring implements Permit, Subscription {

        private final CoreSubscriber<? super Permit> caller;
        private boolean isGranted;
        private boolean isCancelled;
        private boolean isOver;

        Ring(CoreSubscriber<? super Permit> caller) {
            this.caller = caller;
        }

        void grant(long now) {
            isGranted = true;
            if (mistake == Mistake.COUNTS_FROM_THE_GRANT) {
                backAt.addLast(now + SECOND);
            } else {
                unwritten++; // until it is written
            }
            if (!isCancelled) {
                caller.onNext(this);
                caller.onComplete();
            }
        }

        @Override
        public void request(long n) {
            queue.add(this);
            serve();
        }

        @Override
        public void cancel() {
            if (!isGranted && mistake != Mistake.KEEPS_CANCELLED_CALLERS) {
                queue.remove(this);
            }
            isCancelled = true;
        }

        @Override
        public void written(String host) {
            if (!isOver && mistake != Mistake.COUNTS_FROM_THE_GRANT) {
                unwritten--;
                backAt.addLast(world.now() + SECOND + SECOND / 100);
            }
            isOver = true;
        }

        @Override
        public void answered(boolean byService) {
            // learns nothing from it
        }

        @Override
        public void giveBack() {
            if (!isOver && mistake != Mistake.COUNTS_FROM_THE_GRANT && mistake != Mistake.LOSES_WHAT_IS_GIVEN_BACK) {
                unwritten--;
            }
            isOver = true;
        }
    }

    @Override
    public Mono<Permit> acquire(Api api) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Permit> caller) {
                caller.onSubscribe(new Ring(caller));
            }
        };
    }

    @Override
    public void slowDown(Api api) {
        // does not adapt
    }

    @Override
    public void pause(Api api, Duration duration) {
        pausedUntil = Math.max(pausedUntil, world.now() + duration.toNanos());
    }

    @Override
    public PacerState state(Api api) {
        return new PacerState(limit, queue.size(), 0, Duration.ZERO, 0);
    }

    @Override
    public void dispose() {
        queue.clear();
    }
}
