/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether a batch has left with its call. The worker of the stream offers the accounts; the event loop takes them when the
 * permit of the call is granted, and what it took is what is sent. Until then the worker may offer other accounts
 * instead. If that fails, the batch has left. Lock-free.
 */
final class Departure<T> {

    /** What a call may leave with; null if none waits, and when it has left. */
    private final AtomicReference<@Nullable List<Pending<T>>> offered = new AtomicReference<>();

    private volatile boolean left;
    /** Of the event loop. */
    private List<Pending<T>> sent = List.of();

    /** A call waits to leave with these. */
    void offer(List<Pending<T>> accounts) {
        left = false;
        offered.set(accounts);
    }

    /** What is offered now, or null. */
    @Nullable
    List<Pending<T>> offered() {
        return offered.get();
    }

    /** Offers other accounts instead; false if the call has left. */
    boolean replace(List<Pending<T>> before, List<Pending<T>> accounts) {
        return offered.compareAndSet(before, accounts);
    }

    /** The call is over. */
    void end() {
        left = true;
        offered.set(null);
    }

    /** No call is on the wire with it any more: it waits for another attempt. */
    void undo() {
        left = false;
    }

    /** On the event loop: the call leaves with what is offered; false if that is nothing. */
    boolean leave() {
        left = true; // first: whoever finds nothing offered may then ask whether it has left
        List<Pending<T>> leaving = offered.getAndSet(null);
        sent = leaving == null ? List.of() : leaving;
        return !sent.isEmpty();
    }

    boolean hasLeft() {
        return left;
    }

    /** On the event loop: the To_Accounts that {@link #leave} took. */
    List<String> toAccounts() {
        return sent.stream().map(Pending::toAccount).toList();
    }
}
