/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.lease;

import io.github.unfriend.reactor.internal.pacing.LeasedPlaces;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Keeps the lease of one API in one process. While there is something to do it asks the store each {@link
 * LeaseConfig#INTERVAL}: it says what it wants and what it keeps, and may use what it is granted until the lease ends. An
 * idle process says so once, holds nothing and asks no more. All but {@link #wake}, {@link #refused}, {@link #pause} and
 * {@link #close} happens inside the drain of the pacer.
 */
public final class LeaseKeeper {

    /** What a process that does not wait for permits wants beyond the places it uses: one fourth. */
    private static final int SPARE_PART = 4;

    private final LeasedPlaces places;
    private final LeaseStore store;
    private final LeaseConfig config;
    private final Scheduler timer;
    private final LeaseWatcher watcher;
    private final Disposable.Swap beat = Disposables.swap();
    private final Disposable.Swap question = Disposables.swap();

    // ---- of the draining thread ----
    private long sequence;
    private int held;
    private int target;
    private long until;
    private boolean isActive;
    private long askedAt;
    private boolean isAsking;
    private int refusals;
    private long pauseMillis;
    private boolean isClosed;

    /**
     * A keeper that holds nothing.
     *
     * @param places of this process
     * @param store of all processes
     * @param config how many
     * @param timer where it rings
     * @param firstSequence greater than any that another keeper of the same name has used
     * @param watcher told what becomes of requests
     */
    public LeaseKeeper(
            LeasedPlaces places,
            LeaseStore store,
            LeaseConfig config,
            Scheduler timer,
            long firstSequence,
            LeaseWatcher watcher) {
        this.places = places;
        this.store = store;
        this.config = config;
        this.timer = timer;
        this.sequence = firstSequence;
        this.watcher = watcher;
        places.execute(() -> places.places(config.fallback(), 0, places.now()));
    }

    /** Somebody is about to wait for a permit. */
    public void wake() {
        places.execute(() -> {
            if (!isActive && !isClosed) {
                ask(true);
            }
        });
    }

    /** The service refused a call for its rate. */
    public void refused() {
        places.execute(() -> {
            refusals++;
            tellSoon();
        });
    }

    /** Nobody is to call for some time. */
    public void pause(Duration duration) {
        places.execute(() -> {
            pauseMillis = Math.max(pauseMillis, duration.toMillis());
            tellSoon();
        });
    }

    private void tellSoon() {
        if (!isAsking && !isClosed) {
            ask(false);
        }
    }

    /** Gives back what can be given back, and asks no more. */
    public void close() {
        places.execute(() -> {
            if (!isClosed) {
                isClosed = true;
                beat.dispose();
                question.dispose();
                places.places(config.fallback(), 0, places.now());
                int keeps = Math.max(0, places.notTransferable() - config.fallback());
                store.ask(new LeaseRequest(++sequence, 0, keeps, refusals, pauseMillis))
                        .subscribe(reply -> {}, gone -> {});
            }
        });
    }

    private void ask(boolean isBusy) {
        isActive = true;
        long now = places.now();
        if (now >= until) {
            held = 0; // what may still arrive of earlier calls is kept all the same
        }
        int used = Math.max(0, places.notTransferable() - config.fallback());
        int wants = wants(used, isBusy || places.waiting() > 0);
        held = Math.max(used, Math.min(held, Math.min(target, wants)));
        places.places(config.fallback(), held, until);
        isAsking = true;
        askedAt = now;
        LeaseRequest request = new LeaseRequest(++sequence, wants, held, refusals, pauseMillis);
        question.update(store.ask(request)
                .subscribe(
                        reply -> places.execute(() -> answered(request, reply)),
                        error -> places.execute(() -> failed(request, error)),
                        () -> {}));
        ring(LeaseConfig.PATIENCE);
    }

    /** A process whose callers wait could use everything; another one what it uses now, and a little more. */
    private int wants(int used, boolean isBusy) {
        int all = config.leasable();
        if (isBusy) {
            return all;
        }
        return used == 0 ? 0 : Math.min(all, used + Math.max(1, used / SPARE_PART));
    }

    private void answered(LeaseRequest request, LeaseReply reply) {
        if (request.sequence() != sequence || isClosed) {
            return;
        }
        isAsking = false;
        refusals -= request.refusals();
        pauseMillis = pauseMillis == request.pauseMillis() ? 0 : pauseMillis;
        held = reply.holds();
        target = reply.target();
        until = askedAt + LeaseConfig.LEASE.minus(LeaseConfig.SLACK).toNanos();
        places.places(config.fallback(), Math.min(held, target), until);
        watcher.answered(request, reply);
        if (held == 0 && request.wants() == 0 && refusals == 0 && pauseMillis == 0 && places.waiting() == 0) {
            isActive = false;
            beat.update(Disposables.disposed());
        } else {
            boolean othersWait = held > target;
            ring(
                    othersWait || (target > held && places.waiting() > 0)
                            ? LeaseConfig.SHORT_INTERVAL
                            : LeaseConfig.INTERVAL);
        }
    }

    private void failed(LeaseRequest request, Throwable error) {
        if (request.sequence() == sequence && !isClosed) {
            isAsking = false;
            watcher.failed(error);
            ring(LeaseConfig.INTERVAL);
        }
    }

    private void ring(Duration after) {
        try {
            beat.update(timer.schedule(() -> places.execute(this::rung), after.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException shutDown) {
            watcher.failed(shutDown);
        }
    }

    private void rung() {
        if (isClosed) {
            return;
        }
        if (isAsking) {
            question.update(Disposables.disposed());
            isAsking = false;
            watcher.failed(new LeaseTimeoutException(LeaseConfig.PATIENCE));
        }
        ask(false);
    }

    /** What the watcher is told; on the thread of the drain. */
    public interface LeaseWatcher {

        /** The store answered. */
        void answered(LeaseRequest request, LeaseReply reply);

        /** It did not. */
        void failed(Throwable error);
    }

    /** The store did not answer in time. */
    public static final class LeaseTimeoutException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeaseTimeoutException(Duration patience) {
            super("no answer within " + patience.toMillis() + " ms", null, false, false);
        }
    }
}
