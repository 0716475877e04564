/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.Friendship;
import io.github.unfriend.LocalCode;
import java.util.function.Function;
import reactor.core.Exceptions;

/**
 * What the elements of a stream mean.
 *
 * @param work the API that they are given to
 * @param friendship names the account of an element; the user's, so it may throw or give null
 * @param <T> the type of the elements
 */
public record Elements<T>(Work work, Function<? super T, Friendship> friendship) {

    /** Never fails for one element; errors of the JVM go through. */
    Pending<T> pending(T element) {
        Friendship account;
        try {
            account = friendship.apply(element);
        } catch (Throwable thrown) {
            Exceptions.throwIfJvmFatal(thrown);
            return unnamed(
                    element, "The function threw " + thrown.getClass().getName() + " instead of giving an account.");
        }
        if (account == null) {
            return unnamed(element, "The function gave null instead of an account.");
        }
        String from = account.fromAccount();
        String to = account.toAccount();
        String problem = work.problemWith(from, to);
        return problem == null
                ? new Pending<>(element, from, to)
                : new Unsendable<>(element, from, to, LocalCode.INVALID_USER_ID, problem);
    }

    private static <T> Pending<T> unnamed(T element, String problem) {
        return new Unsendable<>(element, "", "", LocalCode.NO_ACCOUNT, problem);
    }
}
