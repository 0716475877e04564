/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.HttpRefusalException;
import io.github.unfriend.UnfinishedException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the gateway is refused: after a fatal refusal no call leaves, since going on with a wrong key locks the identity
 * out (70050). Every so often one caller's call goes as a probe. It waits for its answer; all others fail with the same
 * error meanwhile. Only the success of a probe lifts the refusal. A proxy's HTTP status refuses the gateway when two
 * different batches met it. For any thread, lock-free.
 */
@SuppressWarnings("ReferenceEquality") // a call is equal only to itself
public final class RefusalLatch {

    /**
     * What is so at one moment.
     *
     * @param error with which calls fail; null if they may leave
     * @param probeAt from when on a call may be the probe
     * @param probe the call that is the probe; null if none is
     * @param suspect the HTTP refusal of one batch, which is not enough; null if there was none
     */
    private record State(
            @Nullable UnfinishedException error,
            long probeAt,
            @Nullable Object probe,
            @Nullable HttpRefusalException suspect) {}

    private static final State OPEN = new State(null, 0, null, null);

    private final long interval;
    private final LongSupplier nanos;
    private final AtomicReference<State> state = new AtomicReference<>(OPEN);

    /**
     * Nothing is refused yet.
     *
     * @param interval from a refusal to the next probe
     * @param nanos the clock
     */
    public RefusalLatch(Duration interval, LongSupplier nanos) {
        this.interval = interval.toNanos();
        this.nanos = nanos;
    }

    private State now() {
        return Objects.requireNonNull(state.get());
    }

    /** Why the gateway is refused; null if it is not. */
    public @Nullable UnfinishedException latest() {
        return now().error;
    }

    /** Why a new stream fails at once; null if it may try, maybe with a probe. */
    public @Nullable UnfinishedException refusesNewStreams() {
        State now = now();
        return now.error == null || mayProbe(now) ? null : now.error;
    }

    /** Why this call may not leave; null if it may, maybe as the probe. */
    @Nullable
    UnfinishedException enter(Object call) {
        while (true) {
            State now = now();
            if (now.error == null || now.probe == call) {
                return null;
            }
            if (!mayProbe(now)) {
                return now.error;
            }
            if (state.compareAndSet(now, new State(now.error, now.probeAt, call, null))) {
                return null;
            }
        }
    }

    private boolean mayProbe(State now) {
        return now.probe == null && nanos.getAsLong() - now.probeAt >= 0;
    }

    /** Whether this call is the probe. */
    boolean isProbe(Object call) {
        return now().probe == call;
    }

    /**
     * A call was refused for good. If it left before the gateway was refused, and a probe is under way by now, the probe has
     * the last word.
     *
     * @param call the call
     * @param error with which calls fail from now on
     * @return whether the gateway is refused from now on
     */
    boolean refused(Object call, UnfinishedException error) {
        State after = state.updateAndGet(now -> afterRefusal(now, call, error));
        return after.error == error && after.probe == null;
    }

    private State afterRefusal(State now, Object call, UnfinishedException error) {
        if (now.probe != null && now.probe != call) {
            return now;
        }
        if (error instanceof HttpRefusalException http && now.error == null && now.suspect == null) {
            return new State(null, 0, null, http);
        }
        return new State(error, nanos.getAsLong() + interval, null, null);
    }

    /** The service has accepted this call. */
    void accepted(Object call) {
        state.updateAndGet(now -> now == OPEN || (now.error != null && now.probe != call) ? now : OPEN);
    }

    /** This call is over, or goes again later. If it was the probe, the next caller's call may be one. */
    void left(Object call) {
        state.updateAndGet(now -> now.probe == call ? new State(now.error, now.probeAt, null, null) : now);
    }
}
