/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import io.github.unfriend.Friendship;
import io.github.unfriend.GatewayClosedException;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * Accounts in, one result for each out: the one operator behind every method of the gateway. Cold: each subscriber has
 * a {@link Run} of its own.
 *
 * @param <R> the type of one result
 */
public final class Street<R> extends Flux<R> {

    private final StreetConfig config;
    private final StreamOptions options;
    private final Work<R> work;
    private final Publisher<Friendship> source;

    /**
     * Nothing happens before a subscriber asks.
     *
     * @param config what all streams of the gateway share
     * @param options what this stream does differently
     * @param work the API
     * @param source the accounts
     */
    public Street(StreetConfig config, StreamOptions options, Work<R> work, Publisher<Friendship> source) {
        this.config = config;
        this.options = options;
        this.work = work;
        this.source = source;
    }

    @Override
    public void subscribe(CoreSubscriber<? super R> actual) {
        Run<R> run = new Run<>(config, options, work, actual);
        if (!config.runs().add(run)) {
            Operators.error(actual, new GatewayClosedException());
            return;
        }
        run.begin(); // before the source is heard of: it may take its time, and the subscriber may not want to wait
        Flux.from(source).subscribe(run.intake());
    }
}
