/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * Results that wait for the subscriber, and what it has asked for. {@link #request} may come from any thread; the rest
 * belongs to the stream's worker.
 */
final class ResultQueue<R> {

    /** Results signalled in one go: a slow subscriber does not keep its stream from seeing to calls and deadlines. */
    private static final int MOST_AT_ONCE = 256;

    private final CoreSubscriber<? super R> actual;
    private final AtomicLong requested = new AtomicLong();
    private final Deque<R> results = new ArrayDeque<>();
    /** How many of the results came from each call, in the order of the results. */
    private final Deque<int[]> calls = new ArrayDeque<>();

    private long emitted;

    ResultQueue(CoreSubscriber<? super R> actual) {
        this.actual = actual;
    }

    void request(long n) {
        requested.accumulateAndGet(n, Operators::addCap);
    }

    /** Whether the subscriber has asked for anything at all. */
    boolean isOpen() {
        return requested.get() > 0;
    }

    /** How many results the subscriber has asked for and not taken. */
    long demand() {
        return requested.get() - emitted;
    }

    /** How many results the subscriber has taken. */
    long taken() {
        return emitted;
    }

    /** Results that wait to be asked for, or to be signalled. */
    int size() {
        return results.size();
    }

    boolean isEmpty() {
        return results.isEmpty();
    }

    /** The results from here on are those of another call. */
    void nextCall() {
        int[] last = calls.peekLast();
        if (last == null || last[0] > 0) {
            calls.add(new int[1]);
        }
    }

    void add(R result) {
        results.add(result);
        if (calls.isEmpty()) {
            nextCall();
        }
        calls.getLast()[0]++;
    }

    /** Of how many calls some waiting results lie within this demand. */
    int callsWithin(long demand) {
        long left = demand;
        int within = 0;
        for (int[] call : calls) {
            if (left <= 0) {
                break;
            }
            within += call[0] > 0 ? 1 : 0;
            left -= call[0];
        }
        return within;
    }

    /** Of how many calls all waiting results lie beyond this demand. */
    int callsBeyond(long demand) {
        int all = 0;
        for (int[] call : calls) {
            all += call[0] > 0 ? 1 : 0;
        }
        return all - callsWithin(demand);
    }

    /**
     * Signals some of what may be signalled; the subscriber may cancel in the middle of it.
     *
     * @return whether there is more that may be signalled
     */
    boolean emit(BooleanSupplier cancelled) {
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            if (results.isEmpty() || demand() == 0 || cancelled.getAsBoolean()) {
                return false;
            }
            R result = results.remove();
            count();
            emitted++;
            actual.onNext(result);
        }
        return true;
    }

    private void count() {
        int[] first = calls.getFirst();
        while (first[0] == 0) {
            calls.removeFirst();
            first = calls.getFirst();
        }
        first[0]--;
    }

    /** Nobody takes them any more. */
    void discard() {
        results.forEach(result -> Operators.onDiscard(result, actual.currentContext()));
        results.clear();
        calls.clear();
    }
}
