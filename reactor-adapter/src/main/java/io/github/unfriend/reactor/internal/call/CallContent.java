/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.call;

import io.github.unfriend.UnfinishedException;
import io.github.unfriend.reactor.internal.batch.Batch;
import io.github.unfriend.reactor.internal.transport.Attempt;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the event loop, with the permit in hand, whether the current attempt of a call leaves, and closes its batch
 * as late as can be. Whoever comes first wins: a call that was ended does not leave, one that has left is waited for.
 */
final class CallContent<T> implements Attempt.Content {

    private enum Phase {
        /** Nothing of the current attempt has left: the call can be ended without a trace. */
        BEFORE_WIRE,
        /** The service may see the current attempt. */
        ON_WIRE,
        ENDED
    }

    private final CallConfig config;
    private final ApiOperation operation;
    private final Batch<T> batch;
    /** As the gates know it. */
    private final Object call;

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.BEFORE_WIRE);
    /** The current attempt did not leave, since another call is the probe. */
    private volatile boolean heldBack;
    /** The current attempt did not leave, since the gateway is refused. */
    private volatile @Nullable UnfinishedException refused;

    CallContent(CallConfig config, ApiOperation operation, Batch<T> batch, Object call) {
        this.config = config;
        this.operation = operation;
        this.batch = batch;
        this.call = call;
    }

    @Override
    public boolean close() {
        refused = config.refusal().enter(call);
        if (refused != null) {
            return false;
        }
        ProbeGate gate = config.effects().gate();
        if (!gate.isOpen() && (isPaused() || !gate.enter(call))) {
            heldBack = true;
            return false;
        }
        boolean leaves = phase.compareAndSet(Phase.BEFORE_WIRE, Phase.ON_WIRE) && batch.leave();
        if (!leaves) {
            leaveGates(); // it may have ended before it entered
        }
        return leaves;
    }

    private boolean isPaused() {
        return config.pacer().state(operation.api()).pausedFor().compareTo(Duration.ZERO) > 0;
    }

    @Override
    public byte[] body() {
        return operation.write(batch.fromAccount(), batch.sentAccounts());
    }

    @Override
    public int accounts() {
        return batch.sentAccounts().size();
    }

    /** Why the gateway did not let the attempt leave; null if it did not object. */
    @Nullable
    UnfinishedException refused() {
        return refused;
    }

    /** Whether the attempt did not leave since another call is the probe; asked once. */
    boolean wasHeldBack() {
        boolean was = heldBack;
        heldBack = false;
        return was;
    }

    /** Whether the current attempt has left, and its answer is waited for. */
    boolean hasLeft() {
        return phase.get() == Phase.ON_WIRE;
    }

    boolean isOver() {
        return phase.get() == Phase.ENDED;
    }

    /** Nothing of the call is sent any more. */
    void end() {
        phase.set(Phase.ENDED);
    }

    /** Ends it if nothing of the current attempt has left. */
    boolean endBeforeWire() {
        return phase.compareAndSet(Phase.BEFORE_WIRE, Phase.ENDED);
    }

    /** Another attempt follows. */
    void mayLeaveAgain() {
        phase.compareAndSet(Phase.ON_WIRE, Phase.BEFORE_WIRE);
    }

    /** Whoever waits for the outcome of this call as a probe need not wait any longer. */
    void leaveGates() {
        config.effects().gate().left(call);
        config.refusal().left(call);
    }
}
