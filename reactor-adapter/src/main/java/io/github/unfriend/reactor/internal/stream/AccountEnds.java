/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.internal.batch.BatchQueue;
import io.github.unfriend.reactor.internal.batch.Pending;
import io.github.unfriend.reactor.internal.call.Settlement;
import io.github.unfriend.reactor.internal.observation.GatewayListener;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The last word about an account: a result for each of its elements, or none. Either way the same account may come again.
 * Belongs to the worker of the stream.
 */
final class AccountEnds<T, R> {

    private final BatchQueue<T> queue;
    private final ResultQueue<R> results;
    private final ResultFactory<T, R> factory;
    private final GatewayListener listener;
    private final Api api;
    private final Context subscriber;
    private long answered;

    AccountEnds(
            BatchQueue<T> queue,
            ResultQueue<R> results,
            ResultFactory<T, R> factory,
            GatewayListener listener,
            Api api,
            Context subscriber) {
        this.queue = queue;
        this.results = results;
        this.factory = factory;
        this.listener = listener;
        this.api = api;
        this.subscriber = subscriber;
    }

    /** Elements that have their result. */
    long answered() {
        return answered;
    }

    /** Each element of the account gets this result. */
    void answer(Settlement<T> result) {
        Pending<T> account = result.account();
        queue.forget(account);
        account.forEachElement(each -> {
            answered++;
            each.answered();
            results.add(
                    factory.result(each.element(), each.fromAccount(), each.toAccount(), result.code(), result.info()));
            listener.result(api, result.code(), result.info());
        });
    }

    /** The account gets no result: its elements are discarded, and the error that ends the stream counts them. */
    void discard(Pending<T> account) {
        queue.forget(account);
        account.forEachElement(each -> Operators.onDiscard(each.element(), subscriber));
    }
}
