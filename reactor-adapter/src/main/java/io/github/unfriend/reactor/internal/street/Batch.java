/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of one From_Account that travel in one call, each once, in the order in which they came. Belongs to the worker
 * of its run, but for {@link #close}: the event loop closes it when the permit of its call is granted, and from then on
 * nothing joins it and nothing is taken out of it until it is opened again.
 */
sealed class Batch<T> permits Group {

    private final String fromAccount;
    private List<Pending<T>> accounts;
    private int elements;
    private @Nullable Call<T> call;
    private volatile boolean closed;

    Batch(String fromAccount, List<Pending<T>> accounts) {
        this.fromAccount = fromAccount;
        this.accounts = accounts;
        accounts.forEach(this::owns);
    }

    private void owns(Pending<T> account) {
        for (Pending<T> each = account; each != null; each = each.next) {
            each.batch = this;
            elements++;
        }
    }

    static <T> Batch<T> empty(String fromAccount) {
        return new Batch<>(fromAccount, new ArrayList<>());
    }

    String fromAccount() {
        return fromAccount;
    }

    List<Pending<T>> accounts() {
        return accounts;
    }

    int size() {
        return accounts.size();
    }

    boolean isEmpty() {
        return accounts.isEmpty();
    }

    /** Elements of all accounts: as many results as this batch will give. */
    int elements() {
        return elements;
    }

    List<String> toAccounts() {
        List<String> names = new ArrayList<>(accounts.size());
        for (Pending<T> account : accounts) {
            names.add(account.toAccount);
        }
        return names;
    }

    /** The call that it travels with, or null. */
    @Nullable
    Call<T> call() {
        return call;
    }

    void travelsWith(@Nullable Call<T> carrier) {
        call = carrier;
    }

    /** The caller knows that no other account here has its name. */
    void add(Pending<T> account) {
        accounts.add(account);
        owns(account);
    }

    /** Takes in one more account if there is room and the batch has not left. */
    synchronized boolean join(Pending<T> account, int maxBatch) {
        if (closed || accounts.size() >= maxBatch) {
            return false;
        }
        add(account);
        return true;
    }

    /** Takes in one more element of an account that is here, if the batch has not left. */
    synchronized boolean joinSame(Pending<T> account, Pending<T> again) {
        if (closed) {
            return false;
        }
        chain(account, again);
        return true;
    }

    /** Chains elements to an account that is here. */
    void chain(Pending<T> account, Pending<T> more) {
        owns(more);
        account.chain(more);
    }

    /** From now on nothing joins; false if nothing is left to be sent. */
    synchronized boolean close() {
        closed = true;
        return !accounts.isEmpty();
    }

    /** It waits again, and may be joined. */
    void reopen() {
        closed = false;
    }

    boolean isClosed() {
        return closed;
    }

    /** Attempts of the account that has most of them behind it. */
    int attempts() {
        int most = 0;
        for (Pending<T> account : accounts) {
            most = Math.max(most, account.trace.attempts());
        }
        return most;
    }

    /** How often in a row an attempt of these ended with this code, for the account with most of them. */
    int alike(int code) {
        int most = 0;
        for (Pending<T> account : accounts) {
            Trace trace = account.trace;
            most = Math.max(most, trace.code() == code ? trace.alike() : 0);
        }
        return most;
    }

    /** Notes one more attempt for all. */
    void tried(int code, boolean ambiguous) {
        for (Pending<T> account : accounts) {
            account.trace = account.trace.tried(code, ambiguous);
        }
    }

    /** Takes those out that have fewer attempts behind them than others; empty if all have the same. */
    Batch<T> takeFresher() {
        int most = attempts();
        return takeIf(account -> account.trace.attempts() < most);
    }

    /** Takes accounts out; not while the batch may be joined. */
    Batch<T> takeIf(Predicate<Pending<T>> condition) {
        List<Pending<T>> taken = new ArrayList<>();
        List<Pending<T>> kept = new ArrayList<>(accounts.size());
        for (Pending<T> account : accounts) {
            (condition.test(account) ? taken : kept).add(account);
        }
        if (taken.isEmpty()) {
            return empty(fromAccount);
        }
        accounts = kept;
        Batch<T> other = new Batch<>(fromAccount, taken);
        elements -= other.elements;
        return other;
    }

    /**
     * Takes elements out for which nobody waits any more, if the batch has not left.
     *
     * @return they, one by one
     */
    synchronized List<Pending<T>> takeWithdrawn() {
        if (closed) {
            return List.of();
        }
        List<Pending<T>> taken = new ArrayList<>();
        List<Pending<T>> kept = new ArrayList<>(accounts.size());
        for (Pending<T> account : accounts) {
            Pending<T> wanted = split(account, taken);
            if (wanted != null) {
                kept.add(wanted);
            }
        }
        accounts = kept;
        elements -= taken.size();
        return taken;
    }

    /** What is left of the elements of one account. */
    private static <T> @Nullable Pending<T> split(Pending<T> account, List<Pending<T>> taken) {
        Pending<T> wanted = null;
        Pending<T> each = account;
        while (each != null) {
            Pending<T> behind = each.next;
            each.trace = account.trace;
            if (each.withdrawn) {
                each.next = null;
                each.batch = null;
                taken.add(each);
            } else {
                each.next = wanted;
                wanted = each;
            }
            each = behind;
        }
        return wanted;
    }

    List<Batch<T>> halves() {
        int middle = (size() + 1) / 2;
        return List.of(
                new Batch<>(fromAccount, new ArrayList<>(accounts.subList(0, middle))),
                new Batch<>(fromAccount, new ArrayList<>(accounts.subList(middle, size()))));
    }
}
