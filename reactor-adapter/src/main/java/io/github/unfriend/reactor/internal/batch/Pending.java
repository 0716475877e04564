/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An element of a source that has no result yet. Elements of the same account that come while it waits for its call are
 * chained behind it: the account is sent once and each element is answered. Belongs to the worker of its stream.
 *
 * @param <T> the type of the elements
 */
public final class Pending<T> {

    private final T element;
    private final String fromAccount;
    private final String toAccount;
    private final @Nullable Problem problem;

    /** When it came, or when its call began. */
    long since;
    /** What its account has behind it. */
    AttemptHistory history = AttemptHistory.FRESH;
    /** Where its account waits or travels; null before that, and after its result. */
    @Nullable
    Batch<T> batch;
    /** The next element of the same account. */
    @Nullable
    Pending<T> next;
    /** An element of the same account that had left when this one came. It may wait again after a failure. */
    @Nullable
    Pending<T> earlier;

    private boolean withdrawn;
    private boolean answered;

    /**
     * Why an element cannot be sent.
     *
     * @param code a {@link io.github.unfriend.LocalCode}
     * @param info what is wrong with it
     */
    public record Problem(int code, String info) {}

    /**
     * An element that was just taken from its source.
     *
     * @param element the element itself
     * @param fromAccount the From_Account that it names
     * @param toAccount the To_Account
     * @param problem why it cannot be sent, or null
     */
    public Pending(T element, String fromAccount, String toAccount, @Nullable Problem problem) {
        this.element = element;
        this.fromAccount = fromAccount;
        this.toAccount = toAccount;
        this.problem = problem;
    }

    /** The element itself. */
    public T element() {
        return element;
    }

    /** The From_Account that it names. */
    public String fromAccount() {
        return fromAccount;
    }

    /** The To_Account that it names. */
    public String toAccount() {
        return toAccount;
    }

    /** Why it cannot be sent, or null. */
    public @Nullable Problem problem() {
        return problem;
    }

    /** The batch in which its account waits or travels; null before that, and after its result. */
    public @Nullable Batch<T> batch() {
        return batch;
    }

    /** When it came, or when its call began. */
    public long since() {
        return since;
    }

    /** What its account has behind it. */
    public AttemptHistory history() {
        return history;
    }

    /** Its account was part of one more attempt, which ended with this code. */
    public void tried(int code, boolean ambiguous) {
        history = history.tried(code, ambiguous);
    }

    /** Nobody waits for it any more: it is not sent, or not sent again. */
    public void withdraw() {
        withdrawn = true;
    }

    /** Whether nobody waits for it any more. */
    public boolean isWithdrawn() {
        return withdrawn;
    }

    /** It has its result. */
    public void answered() {
        answered = true;
    }

    /** Whether it has its result. */
    public boolean isAnswered() {
        return answered;
    }

    /** Gives this and the other elements of its account. */
    public void forEachElement(Consumer<? super Pending<T>> taker) {
        for (Pending<T> each = this; each != null; each = each.next) {
            taker.accept(each);
        }
    }

    /** The {@link #earlier} one without a result; those that have theirs are forgotten. */
    @Nullable
    Pending<T> liveBefore() {
        while (earlier != null && earlier.batch == null) {
            earlier = earlier.earlier;
        }
        return earlier;
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
