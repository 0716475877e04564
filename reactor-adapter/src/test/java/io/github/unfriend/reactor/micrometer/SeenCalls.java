/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps the calls that it is told of. */
final class SeenCalls implements ObservationHandler<CallContext> {

    volatile int started;
    final Queue<CallContext> stopped = new ConcurrentLinkedQueue<>();

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof CallContext;
    }

    @Override
    public synchronized void onStart(CallContext context) {
        started++;
    }

    @Override
    public void onStop(CallContext context) {
        stopped.add(context);
    }

    CallContext only() {
        assertThat(stopped).hasSize(1);
        return stopped.element();
    }
}
