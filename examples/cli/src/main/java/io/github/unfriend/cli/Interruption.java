/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and similar signals. The first one starts a clean end if something is under way that can be ended cleanly; a
 * second one, or one at any other time, ends the process at once. Thread-safe.
 */
final class Interruption {

    /** A terminal signals a whole group of processes, and one of them may pass it on to us: that is one Ctrl-C. */
    private static final long ONE_NANOS = 500_000_000L;

    private final IntConsumer halt;
    private final LongSupplier nanoClock;
    private final AtomicReference<@Nullable Long> firstAt = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> cleanEnd = new AtomicReference<>();

    Interruption(IntConsumer halt) {
        this(halt, System::nanoTime);
    }

    Interruption(IntConsumer halt, LongSupplier nanoClock) {
        this.halt = halt;
        this.nanoClock = nanoClock;
    }

    /** To be called for each signal. */
    void trigger() {
        long now = nanoClock.getAsLong();
        Runnable action = cleanEnd.get();
        if (action != null && firstAt.compareAndSet(null, now)) {
            action.run();
            return;
        }
        Long first = firstAt.get();
        if (first == null || now - first > ONE_NANOS) {
            halt.accept(ExitCodes.INTERRUPTED);
        }
    }

    boolean isInterrupted() {
        return firstAt.get() != null;
    }

    /** From here on the first interruption runs an action instead of ending the process. */
    void onInterrupt(Runnable action) {
        cleanEnd.set(action);
    }

    /** From here on an interruption ends the process at once again. */
    void nothingUnderWay() {
        if (!isInterrupted()) { // else the clean end goes on until the process ends
            cleanEnd.set(null);
        }
    }
}
