/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.ResultItem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Stands between the gateway and whoever takes the results, and can be shut: a shut valve asks for nothing more. The
 * gateway then still makes the calls for what was asked for before, at most {@link #WINDOW} results, and those that it
 * reads ahead of demand, at most {@code unfriend.read-ahead}: together a fraction of a second at the full rate. Results
 * of calls that were read ahead wait in the gateway until the valve is open.
 *
 * <p>Hands results on in lists, as many as are there when the reader is ready: one system call for dozens of lines when
 * results come fast, no waiting for company when they come one by one.
 */
final class Valve {

    /** Results that are asked for at once. Small, since in a list of distinct owners each is a call. */
    static final int WINDOW = 64;

    private final Set<ValveSubscription> streams = ConcurrentHashMap.newKeySet();
    private final BooleanSupplier shut;

    /**
     * A valve that keeps no state of its own, which might say something else than that of the deletion.
     *
     * @param shut whether it is shut now; any thread may ask
     */
    Valve(BooleanSupplier shut) {
        this.shut = shut;
    }

    /** It may be open now. */
    void wake() {
        streams.forEach(ValveSubscription::wake);
    }

    boolean isShut() {
        return shut.getAsBoolean();
    }

    /**
     * Leads results through the valve.
     *
     * @param results where they come from
     * @param signOfLife how often an empty list goes out while there is nothing else, because the valve is shut or the
     *     service makes everybody wait, so that a reader who has gone is noticed: a socket that nobody reads from and
     *     writes to tells nothing. The first after ten times as long; null for never
     * @param scheduler where lists are handed on
     * @return lists; cold
     */
    Flux<List<ResultItem>> through(Flux<ResultItem> results, @Nullable Duration signOfLife, Scheduler scheduler) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super List<ResultItem>> actual) {
                ValveSubscription stream = new ValveSubscription(Valve.this, actual, scheduler.createWorker());
                streams.add(stream);
                if (signOfLife != null) {
                    stream.showLife(signOfLife);
                }
                results.subscribe(stream);
            }
        };
    }

    void ended(ValveSubscription stream) {
        streams.remove(stream);
    }
}
