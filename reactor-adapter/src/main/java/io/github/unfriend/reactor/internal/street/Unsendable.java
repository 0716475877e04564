/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

/** An element that ends without a call: it names no account, or one that the service surely refuses. */
final class Unsendable<T> extends Pending<T> {

    final int code;
    final String problem;

    Unsendable(T element, String fromAccount, String toAccount, int code, String problem) {
        super(element, fromAccount, toAccount);
        this.code = code;
        this.problem = problem;
    }
}
