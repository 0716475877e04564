/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import java.util.concurrent.atomic.AtomicReference;

/**
 * After the service has locked the identity out (70050) and the pause is over, one call goes first, over both APIs. The
 * others leave when its code has been read: each call that leaves too early would earn one more refusal. For any thread,
 * lock-free.
 */
@SuppressWarnings("ReferenceEquality") // a call and a marker are equal only to themselves
public final class ProbeGate {

    private static final Object OPEN = new Object();
    private static final Object NO_PROBE_YET = new Object();

    /** {@link #OPEN}, {@link #NO_PROBE_YET}, or the call that is the probe. */
    private final AtomicReference<Object> state = new AtomicReference<>(OPEN);

    /** All calls may leave. */
    public ProbeGate() {}

    /** The service has locked the identity out: the next call that wants to leave is a probe. */
    void close() {
        state.set(NO_PROBE_YET);
    }

    /** Whether all calls may leave. */
    boolean isOpen() {
        return state.get() == OPEN;
    }

    /** Whether this call could enter now. */
    boolean mayEnter(Object call) {
        Object now = state.get();
        return now == OPEN || now == NO_PROBE_YET || now == call;
    }

    /** Whether this call may leave: no probe is needed, or it is the probe from now on. */
    boolean enter(Object call) {
        return state.get() == OPEN || state.get() == call || state.compareAndSet(NO_PROBE_YET, call);
    }

    /** The code with which the service answered this call is no lock-out. If the call was the probe, all may leave. */
    void answered(Object call) {
        state.compareAndSet(call, OPEN);
    }

    /** This call is over, or goes again later. If it was the probe, another one may be. */
    void left(Object call) {
        state.compareAndSet(call, NO_PROBE_YET);
    }
}
