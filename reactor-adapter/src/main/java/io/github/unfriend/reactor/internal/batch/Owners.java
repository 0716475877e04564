/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The From_Accounts of one stream that have accounts without a result. Not thread-safe. */
final class Owners<T> {

    private final Map<String, Owner<T>> all = new HashMap<>();

    int size() {
        return all.size();
    }

    /** This one, perhaps new. */
    Owner<T> of(String fromAccount) {
        return all.computeIfAbsent(fromAccount, Owner::new);
    }

    /** This one, if it has accounts without a result. */
    @Nullable
    Owner<T> find(String fromAccount) {
        return all.get(fromAccount);
    }

    /** An account has its results, or will have none: the same one may come again. */
    void forget(Pending<T> account) {
        for (Pending<T> each = account; each != null; each = each.next) {
            each.batch = null;
        }
        Owner<T> owner = all.get(account.fromAccount());
        if (owner != null) {
            owner.forget(account);
            if (owner.latest.isEmpty()) {
                all.remove(account.fromAccount());
            }
        }
    }
}
