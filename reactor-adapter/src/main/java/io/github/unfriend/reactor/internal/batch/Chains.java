/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes elements out of the chain that the elements of one account are. */
final class Chains {

    private Chains() {}

    /** The first of the chain that stays; null if none does. */
    static <T> @Nullable Pending<T> firstWanted(Pending<T> account, Predicate<Pending<T>> unwanted) {
        Pending<T> each = account;
        while (each != null && unwanted.test(each)) {
            each = each.next;
        }
        return each;
    }

    /** Takes elements out of the chain of an account, and gives them to a list. */
    static <T> void unchain(Pending<T> account, Predicate<Pending<T>> unwanted, List<Pending<T>> taken) {
        Pending<T> first = firstWanted(account, unwanted);
        if (first != null && first != account) { // it takes the place of the account, also for those that come later
            first.earlier = account.earlier;
            account.earlier = first;
        }
        Pending<T> lastWanted = null;
        Pending<T> each = account;
        while (each != null) {
            Pending<T> behind = each.next;
            each.history = account.history;
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
}
