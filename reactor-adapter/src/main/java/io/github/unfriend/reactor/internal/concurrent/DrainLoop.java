/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.concurrent;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Executes a step on one thread at a time, however many threads ask for it: after each {@link #enter} the step is
 * executed once more from its beginning, and one execution may serve many requests.
 */
public final class DrainLoop {

    private final AtomicInteger requests = new AtomicInteger();

    /** Nothing is asked for yet. */
    public DrainLoop() {}

    /** Has the step executed, by this thread or by the one that is at it. */
    public void run(Runnable step) {
        if (enter()) {
            drain(step);
        }
    }

    /** Asks for an execution; true if this caller must see to it that {@link #drain} is called. */
    public boolean enter() {
        return requests.getAndIncrement() == 0;
    }

    /** Executes the step until nobody asks any more; for the caller whose {@link #enter} gave true. */
    public void drain(Runnable step) {
        int seen;
        do {
            seen = requests.get();
            step.run();
        } while (requests.addAndGet(-seen) != 0);
    }
}
