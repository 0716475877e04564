/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** Takes those out that have fewer attempts behind them than others; null if all have the same. */
    @Nullable
    Batch takeFresher() {
        int most = attempts();
        Map<String, Trace> fresher = new LinkedHashMap<>();
        accounts.forEach((account, trace) -> {
            if (trace.attempts() < most) {
                fresher.put(account, trace);
            }
        });
        accounts.keySet().removeAll(fresher.keySet());
        return fresher.isEmpty() ? null : new Batch(fromAccount, fresher);
    }

    List<Batch> halves() {
        Map<String, Trace> first = new LinkedHashMap<>();
        Map<String, Trace> second = new LinkedHashMap<>();
        int middle = (size() + 1) / 2;
        accounts.forEach((account, trace) -> (first.size() < middle ? first : second).put(account, trace));
        return List.of(new Batch(fromAccount, first), new Batch(fromAccount, second));
    }
}
