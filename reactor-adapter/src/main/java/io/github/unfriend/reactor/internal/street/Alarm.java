/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import java.util.function.LongSupplier;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Wakes the owner of a mailbox once, at the time it was last set to. Belongs to the owner's worker. */
final class Alarm {

    static final long NEVER = Long.MAX_VALUE;

    private final Mailbox mailbox;
    private final LongSupplier nanos;
    private final Disposable.Swap timer = Disposables.swap();
    private long setTo = NEVER;

    Alarm(Mailbox mailbox, LongSupplier nanos) {
        this.mailbox = mailbox;
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
                        : mailbox.later(() -> setTo = NEVER, Math.max(0, time - nanos.getAsLong())));
    }
}
