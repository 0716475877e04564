/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

/**
 * Makes what a stream gives of what became of an account.
 *
 * @param <T> the type of the elements
 * @param <R> the type of the results
 */
@FunctionalInterface
public interface ResultFactory<T, R> {

    /** One result for one element; both names are empty if the element named no account. */
    R result(T element, String fromAccount, String toAccount, int code, String info);
}
