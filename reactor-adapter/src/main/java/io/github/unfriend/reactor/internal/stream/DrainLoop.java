/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Executes a step on one thread at a time, however many threads ask for it: after each {@link #enter} the step is
 * executed once more from its beginning, and one execution may serve many requests.
 */
final class DrainLoop {

    private final AtomicInteger requests = new AtomicInteger();

    /** Asks for an execution; true if this caller must see to it that {@link #drain} is called. */
    boolean enter() {
        return requests.getAndIncrement() == 0;
    }

    void drain(Runnable step) {
        int seen;
        do {
            seen = requests.get();
            step.run();
        } while (requests.addAndGet(-seen) != 0);
    }
}
