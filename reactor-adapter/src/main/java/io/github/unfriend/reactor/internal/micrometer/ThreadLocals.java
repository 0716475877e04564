/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.micrometer;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import reactor.util.context.ContextView;

/**
 * Has handlers run with the thread-locals of whoever subscribed, so that their log lines carry the subscriber's logging
 * context. They run on event loops and workers, which know of none; Reactor itself restores thread-locals only there
 * where it signals.
 */
interface ThreadLocals {

    /** Executes a step; on the caller's thread. */
    void with(ContextView subscriber, Runnable step);

    /** The way that the class path allows. */
    static ThreadLocals known() {
        try {
            Class.forName("io.micrometer.context.ContextSnapshotFactory", false, ThreadLocals.class.getClassLoader());
            return new Propagated();
        } catch (ClassNotFoundException withoutTheLibrary) {
            return (subscriber, step) -> step.run();
        }
    }

    /** With the context-propagation library: what it has accessors for. */
    final class Propagated implements ThreadLocals {

        private final ContextSnapshotFactory snapshots =
                ContextSnapshotFactory.builder().build();

        @Override
        @SuppressWarnings("try") // the scope is only opened and closed
        public void with(ContextView subscriber, Runnable step) {
            try (ContextSnapshot.Scope scope = snapshots.setThreadLocalsFrom(subscriber)) {
                step.run();
            }
        }
    }
}
