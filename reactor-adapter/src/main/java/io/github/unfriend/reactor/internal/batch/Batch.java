/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of one From_Account that travel in one call, each once, in the order in which they came. Belongs to the worker
 * of its stream, except {@link #leave} and {@link #sentAccounts}, which belong to the event loop.
 *
 * @param <T> the type of the elements
 */
public sealed class Batch<T> permits Group {

    private final String fromAccount;
    /** Not changed while a call is started for them, but replaced. */
    private List<Pending<T>> accounts;

    private int elements;
    private boolean travels;
    private final Departure<T> departure = new Departure<>();
    private @Nullable Halving<T> halving;

    /**
     * A batch of these accounts; they are in no other one any more.
     *
     * @param fromAccount whose they are
     * @param accounts each with the elements that are chained to it
     */
    public Batch(String fromAccount, List<Pending<T>> accounts) {
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

    /** A batch without accounts. */
    public static <T> Batch<T> empty(String fromAccount) {
        return new Batch<>(fromAccount, new ArrayList<>());
    }

    /** Whose accounts these are. */
    public String fromAccount() {
        return fromAccount;
    }

    /** The accounts, not to be changed. */
    public List<Pending<T>> accounts() {
        return accounts;
    }

    /** Their To_Accounts, in order. */
    public Iterator<String> toAccounts() {
        return accounts.stream().map(Pending::toAccount).iterator();
    }

    /** How many accounts there are. */
    public int size() {
        return accounts.size();
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return accounts.isEmpty();
    }

    /** Elements of all accounts: as many results as this batch will give. */
    public int elements() {
        return elements;
    }

    /** A call was started for it: from now on its time runs for these elements. */
    public void startsAt(long now) {
        travels = true;
        Consumer<Pending<T>> begins = each -> each.since = now;
        accounts.forEach(account -> account.forEachElement(begins));
    }

    /** Whether a call was started for it that is not over. */
    public boolean travels() {
        return travels;
    }

    /** Its call waits to leave with it. Until it has left, other accounts may join. */
    public void waits() {
        departure.offer(accounts);
    }

    /** The call is over, whether it has left or not. */
    public void endsTravel() {
        travels = false;
        departure.end();
    }

    /** It has not arrived, or was refused: it waits for another attempt or for another call. */
    public void returns() {
        departure.undo();
    }

    /** On the event loop: from now on nothing joins; false if nothing is left to be sent. */
    public boolean leave() {
        return departure.leave();
    }

    boolean hasLeft() {
        return departure.hasLeft();
    }

    /** On the event loop: the To_Accounts with which the call has left. */
    public List<String> sentAccounts() {
        return departure.toAccounts();
    }

    /** When the first of these elements came to its call. */
    public long oldest() {
        long[] oldest = {Long.MAX_VALUE};
        accounts.forEach(account -> account.forEachElement(each -> oldest[0] = Math.min(oldest[0], each.since)));
        return oldest[0];
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
        accounts.forEach(account -> names.add(account.toAccount()));
        for (Pending<T> account : other.accounts) {
            if (names.contains(account.toAccount())) {
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
        List<Pending<T>> before = departure.offered();
        if (before == null || before.size() >= maxBatch) {
            return false;
        }
        List<Pending<T>> more = new ArrayList<>(before.size() + 1);
        more.addAll(before);
        more.add(account);
        if (!departure.replace(before, more)) {
            return false;
        }
        accounts = more;
        owns(account);
        return true;
    }

    /** Takes in one more element of an account that is here, if the batch has not left. */
    boolean joinSame(Pending<T> account, Pending<T> again) {
        if (departure.hasLeft()) {
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
    public int attempts() {
        int most = 0;
        for (Pending<T> account : accounts) {
            most = Math.max(most, account.history.attempts());
        }
        return most;
    }

    /** How often in a row an attempt of these ended with this code, for the account with most of them. */
    public int alike(int code) {
        int most = 0;
        for (Pending<T> account : accounts) {
            AttemptHistory trace = account.history;
            most = Math.max(most, trace.code() == code ? trace.alike() : 0);
        }
        return most;
    }

    /** Notes one more attempt for all. */
    public void tried(int code, boolean ambiguous) {
        for (Pending<T> account : accounts) {
            account.tried(code, ambiguous);
        }
    }

    /** Takes those out that have fewer attempts behind them than others; empty if all have the same. */
    public Batch<T> takeFresher() {
        int most = attempts();
        return takeIf(account -> account.history.attempts() < most);
    }

    /** Takes accounts out; not while the batch may be joined. */
    public Batch<T> takeIf(Predicate<Pending<T>> condition) {
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
     * Takes elements out, if the batch has not left. An account that has others stays.
     *
     * @return the elements, one by one
     */
    public List<Pending<T>> takeOut(Predicate<Pending<T>> unwanted) {
        List<Pending<T>> kept = new ArrayList<>(accounts.size());
        for (Pending<T> account : accounts) {
            Pending<T> first = Chains.firstWanted(account, unwanted);
            if (first != null) {
                kept.add(first);
            }
        }
        List<Pending<T>> before = departure.offered();
        if (before == null ? departure.hasLeft() : !departure.replace(before, kept)) {
            return List.of();
        }
        List<Pending<T>> taken = new ArrayList<>();
        accounts.forEach(account -> Chains.unchain(account, unwanted, taken));
        accounts = kept;
        elements -= taken.size();
        return taken;
    }

    /** What this batch is a part of; null if it was not cut in half. */
    public @Nullable Halving<T> halving() {
        return halving;
    }

    void isPartOf(Halving<T> parts) {
        halving = parts;
    }

    /** What this batch is a part of, from now on at least. */
    public Halving<T> beHalved() {
        if (halving == null) {
            halving = new Halving<>();
        }
        return halving;
    }

    /** The service has answered about its accounts. */
    public void accepted() {
        if (halving != null) {
            halving.accepted();
        }
    }
}
