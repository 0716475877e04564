/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.micrometer;

import io.github.unfriend.ErrorCategory;
import io.github.unfriend.ErrorCode;
import io.github.unfriend.reactor.internal.watch.CallEnd;
import io.github.unfriend.reactor.internal.watch.CallWatch;
import io.github.unfriend.reactor.micrometer.CallContext;
import io.github.unfriend.reactor.micrometer.CallConvention;
import io.github.unfriend.reactor.micrometer.UnfriendObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call as an observation. It begins when the call leaves, on the event loop, and ends on the stream's
 * worker; an end may overtake the beginning.
 */
final class ObservedCall implements CallWatch {

    private enum State {
        WAITING,
        LEFT,
        OVER
    }

    private final MicrometerWatch watch;
    private final ObservationRegistry registry;
    private final Meters meters;
    private final CallContext context;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    /** Written before the state says LEFT. */
    private @Nullable Observation observation;

    private long waitingSince;

    ObservedCall(MicrometerWatch watch, ObservationRegistry registry, Meters meters, CallContext context) {
        this.watch = watch;
        this.registry = registry;
        this.meters = meters;
        this.context = context;
    }

    @Override
    public void waiting() {
        waitingSince = System.nanoTime();
    }

    @Override
    public void leaving() {
        watch.quietly(context.subscriberContext(), () -> {
            meters.waited(context.api(), System.nanoTime() - waitingSince);
            Observation started = start();
            observation = started;
            if (!state.compareAndSet(State.WAITING, State.LEFT)) {
                stop(started, CallEnd.ABANDONED, 0);
            }
        });
    }

    @Override
    public void ended(CallEnd end, int code) {
        State before = state.getAndSet(State.OVER);
        if (before != State.OVER) {
            watch.quietly(
                    context.subscriberContext(), () -> stop(before == State.LEFT ? observation : start(), end, code));
        }
    }

    @Override
    public void abandoned() {
        if (state.getAndSet(State.OVER) == State.LEFT) {
            watch.quietly(context.subscriberContext(), () -> stop(observation, CallEnd.ABANDONED, 0));
        }
    }

    private Observation start() {
        Observation created =
                UnfriendObservation.CALL.observation(null, CallConvention.STANDARD, () -> context, registry);
        Object parent = context.subscriberContext().getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        if (parent instanceof Observation observed) {
            created.parentObservation(observed);
        }
        return created.start();
    }

    private void stop(@Nullable Observation started, CallEnd end, int code) {
        if (started == null) {
            return; // a handler threw when it began
        }
        ErrorCode error = ErrorCode.of(code);
        boolean good = error.category() == ErrorCategory.SUCCESS;
        context.ended(
                end.name().toLowerCase(Locale.ROOT),
                good ? CallContext.NOT_KNOWN : error.category().name().toLowerCase(Locale.ROOT),
                code);
        if (!good) {
            started.error(new CallFailure(error));
        }
        started.stop();
    }
}
