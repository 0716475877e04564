/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Accounts of one From_Account that travel in one call, each once, in the order in which they came. Changed only by
 * whoever holds it: the gatherer, then one call after the other.
 */
final class Batch {

    private final String fromAccount;
    private final Map<String, Trace> accounts;

    Batch(String fromAccount, Map<String, Trace> accounts) {
        this.fromAccount = fromAccount;
        this.accounts = accounts;
    }

    String fromAccount() {
        return fromAccount;
    }

    Map<String, Trace> accounts() {
        return accounts;
    }

    int size() {
        return accounts.size();
    }

    boolean isEmpty() {
        return accounts.isEmpty();
    }

    List<String> toAccounts() {
        return new ArrayList<>(accounts.keySet());
    }

    /** Attempts of the account that has most of them behind it. */
    int attempts() {
        int most = 0;
        for (Trace trace : accounts.values()) {
            most = Math.max(most, trace.attempts());
        }
        return most;
    }

    /** How often in a row an attempt of these ended with this code, for the account with most of them. */
    int alike(int code) {
        int most = 0;
        for (Trace trace : accounts.values()) {
            most = Math.max(most, trace.code() == code ? trace.alike() : 0);
        }
        return most;
    }

    /** Notes one more attempt for all. */
    void tried(int code, boolean ambiguous) {
        accounts.replaceAll((account, trace) -> trace.tried(code, ambiguous));
    }

    /** Takes those out that have fewer attempts behind them than others; empty if all have the same. */
    Batch takeFresher() {
        int most = attempts();
        return takeIf((account, trace) -> trace.attempts() < most);
    }

    /** Takes those out that are among these. */
    Batch takeNamed(Set<String> names) {
        return takeIf((account, trace) -> names.contains(account));
    }

    private Batch takeIf(BiPredicate<String, Trace> condition) {
        Map<String, Trace> taken = new LinkedHashMap<>();
        accounts.forEach((account, trace) -> {
            if (condition.test(account, trace)) {
                taken.put(account, trace);
            }
        });
        accounts.keySet().removeAll(taken.keySet());
        return new Batch(fromAccount, taken);
    }

    List<Batch> halves() {
        Map<String, Trace> first = new LinkedHashMap<>();
        Map<String, Trace> second = new LinkedHashMap<>();
        int middle = (size() + 1) / 2;
        accounts.forEach((account, trace) -> (first.size() < middle ? first : second).put(account, trace));
        return List.of(new Batch(fromAccount, first), new Batch(fromAccount, second));
    }
}
