/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.UnfinishedException;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * Elements in, one result for each out: the one operator behind every stream of the gateway. Cold: each subscriber has a
 * {@link DeletionSubscription} of its own.
 *
 * @param <T> the type of the elements
 * @param <R> the type of the results
 */
public final class DeletionFlux<T, R> extends Flux<R> {

    private final StreamContext config;
    private final StreamOptions options;
    private final Elements<T> elements;
    private final ResultFactory<T, R> results;
    private final Publisher<? extends T> source;
    private final Scheduler sourceScheduler;

    /**
     * Nothing happens before a subscriber asks.
     *
     * @param config what all streams of the gateway share
     * @param options what this stream does differently
     * @param elements what the elements mean
     * @param results makes the results
     * @param source the elements
     * @param sourceScheduler where the source is asked for more
     */
    public DeletionFlux(
            StreamContext config,
            StreamOptions options,
            Elements<T> elements,
            ResultFactory<T, R> results,
            Publisher<? extends T> source,
            Scheduler sourceScheduler) {
        this.config = config;
        this.options = options;
        this.elements = elements;
        this.results = results;
        this.source = source;
        this.sourceScheduler = sourceScheduler;
    }

    @Override
    public void subscribe(CoreSubscriber<? super R> actual) {
        DeletionSubscription<T, R> stream = new DeletionSubscription<>(
                config,
                options,
                elements,
                results,
                config.batchingOfStreams(elements.operation()),
                sourceScheduler,
                actual);
        if (!config.registry().add(stream)) {
            Operators.error(actual, new GatewayClosedException());
            return;
        }
        UnfinishedException refusal = config.calls().refusal().refusesNewStreams();
        if (refusal != null) {
            config.registry().remove(stream);
            Operators.error(actual, refusal);
            return;
        }
        stream.begin(); // before the source is heard of: it may take its time, and the subscriber may not want to wait
        try {
            Flux.<T>from(source).subscribe(stream.source());
        } catch (Throwable thrown) { // fatal to the JVM: else it is signalled
            stream.source().onError(thrown);
        }
    }
}
