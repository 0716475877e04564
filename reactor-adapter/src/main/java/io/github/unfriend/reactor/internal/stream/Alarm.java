/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import java.util.function.LongSupplier;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Wakes a stream once, at the time it was last set to. Belongs to the worker of the stream. */
final class Alarm {

    static final long NEVER = Long.MAX_VALUE;

    private final SerialExecutor executor;
    private final LongSupplier nanos;
    private final Disposable.Swap timer = Disposables.swap();
    private long setTo = NEVER;

    Alarm(SerialExecutor executor, LongSupplier nanos) {
        this.executor = executor;
        this.nanos = nanos;
    }

    void at(long time) {
        if (time == setTo) {
            return;
        }
        setTo = time;
        timer.update(
                time == NEVER
                        ? Disposables.disposed()
                        : executor.later(() -> setTo = NEVER, Math.max(0, time - nanos.getAsLong())));
    }
}
