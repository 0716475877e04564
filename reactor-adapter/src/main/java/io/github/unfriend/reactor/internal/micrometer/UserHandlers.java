/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.micrometer;

import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Exceptions;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.ContextView;

/**
 * Runs what calls registries and handlers of the user's. What they throw stays here: a broken handler must not keep a
 * permit, nor end a stream.
 */
final class UserHandlers {

    private static final Logger LOG = Loggers.getLogger("io.github.unfriend.reactor.micrometer");

    private final ThreadLocals threadLocals = ThreadLocals.known();
    private final AtomicBoolean complained = new AtomicBoolean();

    /** With the thread locals that the subscriber's Context holds. */
    void quietly(ContextView subscriber, Runnable step) {
        quietly(() -> threadLocals.with(subscriber, step));
    }

    void quietly(Runnable step) {
        try {
            step.run();
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            if (complained.compareAndSet(false, true)) {
                LOG.warn("A registry or an observation handler threw; calls go on, further ones are not logged", error);
            }
        }
    }
}
