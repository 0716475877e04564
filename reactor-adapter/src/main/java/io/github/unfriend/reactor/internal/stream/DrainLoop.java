/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * StreamRegistry a step on one thread at a time, however many threads ask for it: after each {@link #enter} the step runs once
 * more from its beginning, and many requests may share one run.
 */
final class DrainLoop {

    private final AtomicInteger requests = new AtomicInteger();

    /** Asks for a run; true if the caller is the one who has to see to it that {@link #drain} is called. */
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
