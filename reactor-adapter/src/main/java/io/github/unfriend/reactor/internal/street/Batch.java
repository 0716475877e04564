/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of one From_Account that travel in one call, each once, in the order in which they came. Belongs to the worker
 * of its run, but for {@link #leave} and {@link #toAccounts}: the event loop takes the accounts out of {@code joinable}
 * when the permit of the call is granted, and what it took is what is sent. Until then the worker replaces the list there
 * by another one; if that fails, the batch has left.
 */
sealed class Batch<T> permits Group {

    private final String fromAccount;
    /** Not changed while a call is started for them, but replaced. */
    private List<Pending<T>> accounts;

    private int elements;
    private @Nullable Call<T> call;
    /** The accounts while a call waits to leave with them; null before that, and when it has left. */
    private final AtomicReference<@Nullable List<Pending<T>>> joinable = new AtomicReference<>();

    private volatile boolean left;
    /** Of the event loop. */
    private List<Pending<T>> sent = List.of();

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

    /** On the event loop: what has {@linkplain #leave left}. */
    List<String> toAccounts() {
        List<String> names = new ArrayList<>(sent.size());
        for (Pending<T> account : sent) {
            names.add(account.toAccount);
        }
        return names;
    }

    /** The call that it travels with, or null. */
    @Nullable
    Call<T> call() {
        return call;
    }

    /** A call was started for it. */
    void travelsWith(Call<T> carrier) {
        call = carrier;
    }

    /** Its call waits to leave with it, and may be joined. */
    void waits() {
        left = false;
        joinable.set(accounts);
    }

    /** Its call is over, whether it has left or not. */
    void arrived() {
        call = null;
        left = true;
        joinable.set(null);
    }

    /** It waits for another attempt or for another call. */
    void returns() {
        left = false;
    }

    /** On the event loop: from now on nothing joins; false if nothing is left to be sent. */
    boolean leave() {
        left = true; // first: whoever finds nothing joinable may then ask whether it has left
        List<Pending<T>> leaving = joinable.getAndSet(null);
        sent = leaving == null ? List.of() : leaving;
        return !sent.isEmpty();
    }

    boolean hasLeft() {
        return left;
    }

    /** For one that no call was started for. The caller knows that no other account here has its name. */
    void add(Pending<T> account) {
        accounts.add(account);
        owns(account);
    }

    /** Takes in all of another batch if there is room and no account is in both; for batches that no call was started for. */
    boolean addAll(Batch<T> other, int maxBatch) {
        if (size() + other.size() > maxBatch) {
            return false;
        }
        Set<String> names = new HashSet<>();
        accounts.forEach(account -> names.add(account.toAccount));
        for (Pending<T> account : other.accounts) {
            if (names.contains(account.toAccount)) {
                return false;
            }
        }
        List<Pending<T>> all = new ArrayList<>(accounts);
        all.addAll(other.accounts);
        accounts = all;
        other.accounts.forEach(this::owns);
        return true;
    }

    /** Takes in one more account if there is room and its call waits to leave. */
    boolean join(Pending<T> account, int maxBatch) {
        List<Pending<T>> before = joinable.get();
        if (before == null || before.size() >= maxBatch) {
            return false;
        }
        List<Pending<T>> more = new ArrayList<>(before.size() + 1);
        more.addAll(before);
        more.add(account);
        if (!joinable.compareAndSet(before, more)) {
            return false;
        }
        accounts = more;
        owns(account);
        return true;
    }

    /** Takes in one more element of an account that is here, if the batch has not left. */
    boolean joinSame(Pending<T> account, Pending<T> again) {
        if (left) {
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

    /** A call begins with these elements: from now on its time runs for them. */
    void startsAt(long now) {
        for (Pending<T> account : accounts) {
            for (Pending<T> each = account; each != null; each = each.next) {
                each.since = now;
            }
        }
    }

    /** When the first of these elements came to its call. */
    long oldest() {
        long oldest = Long.MAX_VALUE;
        for (Pending<T> account : accounts) {
            for (Pending<T> each = account; each != null; each = each.next) {
                oldest = Math.min(oldest, each.since);
            }
        }
        return oldest;
    }

    /**
     * Takes elements out, if the batch has not left. An account that has others stays.
     *
     * @return the elements, one by one
     */
    List<Pending<T>> takeOut(Predicate<Pending<T>> unwanted) {
        List<Pending<T>> kept = new ArrayList<>(accounts.size());
        for (Pending<T> account : accounts) {
            Pending<T> first = firstWanted(account, unwanted);
            if (first != null) {
                kept.add(first);
            }
        }
        List<Pending<T>> before = joinable.get();
        if (before == null ? left : !joinable.compareAndSet(before, kept)) {
            return List.of();
        }
        List<Pending<T>> taken = new ArrayList<>();
        accounts.forEach(account -> unchain(account, unwanted, taken));
        accounts = kept;
        elements -= taken.size();
        return taken;
    }

    private static <T> @Nullable Pending<T> firstWanted(Pending<T> account, Predicate<Pending<T>> unwanted) {
        Pending<T> each = account;
        while (each != null && unwanted.test(each)) {
            each = each.next;
        }
        return each;
    }

    private static <T> void unchain(Pending<T> account, Predicate<Pending<T>> unwanted, List<Pending<T>> taken) {
        Pending<T> first = firstWanted(account, unwanted);
        if (first != null && first != account) { // it takes the place of the account, also for those that come later
            first.earlier = account.earlier;
            account.earlier = first;
        }
        Pending<T> lastWanted = null;
        Pending<T> each = account;
        while (each != null) {
            Pending<T> behind = each.next;
            each.trace = account.trace;
            if (unwanted.test(each)) {
                each.next = null;
                each.batch = null;
                taken.add(each);
                if (lastWanted != null) {
                    lastWanted.next = behind;
                }
            } else {
                lastWanted = each;
            }
            each = behind;
        }
    }

    List<Batch<T>> halves() {
        int middle = (size() + 1) / 2;
        return List.of(
                new Batch<>(fromAccount, new ArrayList<>(accounts.subList(0, middle))),
                new Batch<>(fromAccount, new ArrayList<>(accounts.subList(middle, size()))));
    }
}
