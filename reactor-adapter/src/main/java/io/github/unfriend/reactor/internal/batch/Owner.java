/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one stream has of one From_Account. */
final class Owner<T> {

    final String fromAccount;
    /** By To_Account: what came last of those that have no result. */
    final Map<String, Pending<T>> latest = new HashMap<>();
    /** Gathers what comes. */
    @Nullable
    Group<T> open;
    /** The batch whose call was started last: may be joined until it leaves. */
    @Nullable
    Batch<T> started;

    Owner(String fromAccount) {
        this.fromAccount = fromAccount;
    }

    /**
     * A new element: if its account is here and has not left, both go as one.
     *
     * @return the batch in which they are; null if the element is to be sent by itself
     */
    @Nullable
    Batch<T> joinSame(Pending<T> element) {
        Pending<T> same = latest.putIfAbsent(element.toAccount(), element);
        if (same == null) {
            return null;
        }
        for (Pending<T> each = same; each != null; each = each.liveBefore()) {
            Batch<T> batch = each.batch;
            if (batch != null && batch.joinSame(each, element)) {
                return batch;
            }
        }
        element.earlier = same.batch == null ? same.liveBefore() : same;
        latest.put(element.toAccount(), element); // the first has left: this one is sent again
        return null;
    }

    /** An account is to be gathered again: if the same one has come meanwhile and is gathered, both go as one. */
    boolean gathersSame(Pending<T> account) {
        Pending<T> same = latest.putIfAbsent(account.toAccount(), account);
        Group<T> group = open;
        for (Pending<T> each = same; each != null && group != null; each = each.earlier) {
            if (each != account && each.batch == group) {
                each.history = each.history.and(account.history);
                group.chain(each, account);
                return true;
            }
        }
        return false;
    }

    /** An account has its results; an earlier one of the same name may still wait. */
    void forget(Pending<T> account) {
        if (latest.get(account.toAccount()) == account) {
            Pending<T> earlier = account.liveBefore();
            if (earlier != null) {
                latest.put(account.toAccount(), earlier);
            } else {
                latest.remove(account.toAccount());
            }
        }
    }
}
