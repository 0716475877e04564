/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import org.jspecify.annotations.Nullable;

/**
 * An element of a source that has no result yet. Elements of the same account that come while it waits for its call are
 * chained behind it: the account is sent once and each element is answered. Belongs to the worker of its run.
 */
sealed class Pending<T> permits Unsendable {

    final T element;
    final String fromAccount;
    final String toAccount;
    /** When it came, or when its call began. */
    long since;
    /** What its account has behind it. */
    Trace trace = Trace.FRESH;
    /** Where its account waits or travels; null before that, and after its result. */
    @Nullable
    Batch<T> batch;
    /** The next element of the same account. */
    @Nullable
    Pending<T> next;
    /** An element of the same account that had left when this one came. It may wait again after a failure. */
    @Nullable
    Pending<T> earlier;
    /** Nobody waits for it any more: it is not sent, or not sent again. */
    boolean withdrawn;
    /** It has its result. */
    boolean answered;

    Pending(T element, String fromAccount, String toAccount) {
        this.element = element;
        this.fromAccount = fromAccount;
        this.toAccount = toAccount;
    }

    /** The {@link #earlier} one without a result; those that have theirs are forgotten. */
    @Nullable
    Pending<T> liveBefore() {
        while (earlier != null && earlier.batch == null) {
            earlier = earlier.earlier;
        }
        return earlier;
    }

    /** How many elements this account has. */
    int elements() {
        int count = 0;
        for (Pending<T> each = this; each != null; each = each.next) {
            count++;
        }
        return count;
    }

    /** Chains the elements of another one behind this; both are about the same account. */
    void chain(Pending<T> other) {
        Pending<T> last = other;
        while (last.next != null) {
            last = last.next;
        }
        last.next = next;
        next = other;
    }
}
