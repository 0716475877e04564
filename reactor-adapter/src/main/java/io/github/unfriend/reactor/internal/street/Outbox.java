/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * The door at which results go out, no more of them than the subscriber asked for. {@link #request} may come from any
 * thread; the rest belongs to the run's worker.
 */
final class Outbox<R> {

    private final CoreSubscriber<? super R> actual;
    private final AtomicLong requested = new AtomicLong();
    private final Deque<R> results = new ArrayDeque<>();
    private long emitted;

    Outbox(CoreSubscriber<? super R> actual) {
        this.actual = actual;
    }

    void request(long n) {
        requested.accumulateAndGet(n, Operators::addCap);
    }

    /** Whether the subscriber has asked for anything at all. */
    boolean isOpen() {
        return requested.get() > 0;
    }

    /** How many results the subscriber has asked for and not got, beside those that wait here. */
    long wanted() {
        return requested.get() - emitted - results.size();
    }

    /** Results that wait to be asked for. */
    int size() {
        return results.size();
    }

    boolean isEmpty() {
        return results.isEmpty();
    }

    void add(R result) {
        results.add(result);
    }

    /** Signals what may be signalled; the subscriber may cancel in the middle of it. */
    void emit(BooleanSupplier cancelled) {
        long demand = requested.get();
        while (emitted != demand && !cancelled.getAsBoolean()) {
            R result = results.poll();
            if (result == null) {
                return;
            }
            emitted++;
            actual.onNext(result);
        }
    }

    void clear() {
        results.clear();
    }
}
