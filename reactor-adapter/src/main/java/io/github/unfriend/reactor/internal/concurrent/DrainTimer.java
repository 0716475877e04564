/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.concurrent;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * The one timer of a drained queue, however many wait in it: it rings for the earliest time it was set to. All methods are
 * for the draining thread; times are nanoseconds of any clock.
 */
public final class DrainTimer {

    private final Scheduler scheduler;
    private final Runnable ring;
    private @Nullable Disposable armed;
    private long armedFor;
    private volatile boolean rung;

    /** A timer that is off; rings on a thread of the scheduler. */
    public DrainTimer(Scheduler scheduler, Runnable onRing) {
        this.scheduler = scheduler;
        this.ring = () -> {
            rung = true;
            onRing.run();
        };
    }

    /** Rings then, unless it rings earlier. */
    public void at(long time, long now) {
        if (armed != null && !rung) {
            if (armedFor - time <= 0) {
                return;
            }
            armed.dispose();
        }
        rung = false;
        armedFor = time;
        try {
            armed = scheduler.schedule(ring, Math.max(0, time - now), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException disposed) {
            armed = null; // the pacer is being disposed, which turns every caller away
        }
    }

    /** Does not ring any more. */
    public void off() {
        if (armed != null) {
            armed.dispose();
            armed = null;
        }
    }
}
