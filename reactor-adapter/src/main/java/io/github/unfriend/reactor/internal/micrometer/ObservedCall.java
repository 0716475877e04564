/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.micrometer;

import io.github.unfriend.ErrorCategory;
import io.github.unfriend.ErrorCode;
import io.github.unfriend.reactor.internal.observation.CallEnd;
import io.github.unfriend.reactor.internal.observation.CallListener;
import io.github.unfriend.reactor.micrometer.CallContext;
import io.github.unfriend.reactor.micrometer.UnfriendObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call as an observation. It begins when the call leaves, on the event loop, and ends on the stream's
 * worker; an end may overtake the beginning.
 */
final class ObservedCall implements CallListener {

    private enum State {
        WAITING,
        LEFT,
        OVER
    }

    private final UserHandlers handlers;
    private final ObservationRegistry registry;
    private final CallContext context;
    /** Both are null without a meter registry. */
    private final @Nullable Meters meters;

    private final @Nullable CallTimer timer;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    /** Written before the state says LEFT. */
    private @Nullable Begun begun;

    private long waitingSince;

    /** What is to be ended; the timer is null where a handler times, and where there is nothing to time with. */
    private record Begun(Observation observation, @Nullable Consumer<CallContext> timer) {}

    ObservedCall(
            UserHandlers handlers,
            ObservationRegistry registry,
            CallContext context,
            @Nullable Meters meters,
            @Nullable CallTimer timer) {
        this.handlers = handlers;
        this.meters = meters;
        this.timer = timer;
        this.registry = registry;
        this.context = context;
    }

    @Override
    public void waiting() {
        waitingSince = System.nanoTime();
    }

    @Override
    public void leaving(int accounts) {
        context.leaving(accounts);
        handlers.quietly(context.subscriberContext(), () -> {
            if (meters != null) {
                meters.waited(context.api(), System.nanoTime() - waitingSince);
            }
            Begun started = start();
            begun = started;
            if (!state.compareAndSet(State.WAITING, State.LEFT)) {
                stop(started, CallEnd.ABANDONED, 0);
            }
        });
    }

    @Override
    public void ended(CallEnd end, int code) {
        State before = state.getAndSet(State.OVER);
        if (before != State.OVER) {
            handlers.quietly(
                    context.subscriberContext(), () -> stop(before == State.LEFT ? begun : start(), end, code));
        }
    }

    @Override
    public void abandoned() {
        if (state.getAndSet(State.OVER) == State.LEFT) {
            handlers.quietly(context.subscriberContext(), () -> stop(begun, CallEnd.ABANDONED, 0));
        }
    }

    private Begun start() {
        Observation created = UnfriendObservation.CALL.observation(
                null, UnfriendObservation.CallConvention.STANDARD, () -> context, registry);
        Object parent = context.subscriberContext().getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        if (parent instanceof Observation observed) {
            created.parentObservation(observed);
        }
        Observation started = created.start();
        // Where nobody observes anything there is nothing to switch off.
        boolean switchedOff = started.isNoop() && !registry.isNoop();
        return new Begun(started, switchedOff || timer == null ? null : timer.start(context));
    }

    private void stop(@Nullable Begun started, CallEnd end, int code) {
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
            started.observation().error(new CallFailure(error));
        }
        started.observation().stop();
        if (started.timer() != null) {
            started.timer().accept(context);
        }
    }
}
