/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.Friendship;
import io.github.unfriend.LocalCode;
import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.call.ApiOperation;
import java.util.function.Function;
import reactor.core.Exceptions;

/**
 * What the elements of a stream mean.
 *
 * @param operation the API that they are given to
 * @param friendship names the account of an element; the user's, so it may throw or give null
 * @param <T> the type of the elements
 */
public record Elements<T>(ApiOperation operation, Function<? super T, Friendship> friendship) {

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
        String problem = operation.problemWith(from, to);
        return new Pending<>(
                element, from, to, problem == null ? null : new Pending.Problem(LocalCode.INVALID_USER_ID, problem));
    }

    private static <T> Pending<T> unnamed(T element, String problem) {
        return new Pending<>(element, "", "", new Pending.Problem(LocalCode.NO_ACCOUNT, problem));
    }
}
