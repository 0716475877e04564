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
 * Stands between the gateway and the reader of the results, and can be shut. A shut valve requests no more results. The
 * gateway then still makes the calls for the results that were requested before, at most {@link #WINDOW}, and those
 * that it reads ahead, at most {@code unfriend.read-ahead}. Together they take a fraction of a second at the full rate.
 * Results of calls that were read ahead wait in the gateway until the valve is open.
 *
 * <p>Hands results on in lists of all results that are there when the reader is ready. So dozens of lines need one
 * system call when results come fast, and a single result does not wait for others.
 */
final class Valve {

    /** Results that are requested at once. Small, because in a list of distinct owners each is a call. */
    static final int WINDOW = 64;

    private final Set<ValveSubscription> streams = ConcurrentHashMap.newKeySet();
    private final BooleanSupplier shut;

    /**
     * A valve without a state of its own, so that it cannot differ from the state of the deletion.
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
     * @param signOfLife how often an empty list is sent while there are no results, because the valve is shut or the
     *     service is slow. It shows whether the reader has left, which a socket without reads and writes does not. The
     *     first is sent after ten times this; null for never
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
