/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import io.github.unfriend.Api;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Decides when a call of a gateway may leave; a user shares one between gateways, reads its state, or writes one. Each
 * API has a budget of its own, since the service counts each by itself (200 calls a second, both API documents). One
 * pacer may serve several gateways of one SDKAppID: the quota belongs to the SDKAppID, not to the process.
 * Implementations are thread-safe and never block.
 *
 * <p>{@link #builder()} makes the local one; {@link #unpaced()} lets everything pass. {@link
 * io.github.unfriend.reactor.redis.RedisPacer} shares the quota between processes over Redis; over another store,
 * implement this interface.
 */
public interface Pacer extends Disposable {

    /**
     * A permit for one call, for callers that hold a connection and have the request ready.
     *
     * <p>Nothing happens before demand: the place in the queue is taken by the first {@code request}. Waiting callers
     * are served first come, first served. Cancelling leaves the queue. A permit that is emitted at the moment of the
     * cancellation, or was before, is not taken back by it: whoever holds it writes it or gives it back, so an operator
     * between the pacer and its user must not drop it ({@code doOnDiscard(Permit.class, Permit::giveBack)}). The permit
     * is emitted on the pacer's thread or on the thread of whoever gave the turn free; it is to be used or given back
     * at once.
     *
     * @param api the API to be called
     * @return the permit; or {@link io.github.unfriend.OverloadedException} when too many callers wait already,
     *     {@link io.github.unfriend.GatewayClosedException} when the pacer is disposed
     */
    Mono<Permit> acquire(Api api);

    /**
     * Tells that the service refused one call of this API for its rate (60007 and its kin). All later calls of the API
     * slow down, and the rate climbs back by itself.
     *
     * @param api the API that was refused
     */
    void slowDown(Api api);

    /**
     * Grants no permit of this API for some time; the longest of several pauses counts.
     *
     * @param api the API to pause
     * @param duration how long from now; not at all if it is negative
     */
    void pause(Api api, Duration duration);

    /**
     * Tells that nothing is sent to a host any more, since it cannot be reached.
     *
     * @param host as given to {@link Permit#written(String)}
     */
    default void hostLost(String host) {}

    /**
     * What the pacer is doing for one API now. Cheap, and callable from any thread; permits that have just become due may
     * be granted on it.
     *
     * @param api the API asked about
     * @return a snapshot
     */
    PacerState state(Api api);

    /**
     * What keeps the pacer from its usual rate, for health checks; not that the service refuses calls, which {@link #state}
     * shows.
     *
     * @return a short text such as that its store cannot be reached, null if nothing does
     */
    default @Nullable String problem() {
        return null;
    }

    /** Ends the pacer: waiting and later callers get {@link io.github.unfriend.GatewayClosedException}. */
    @Override
    void dispose();

    /**
     * The local pacer, which holds the sliding-second promise for one process.
     *
     * @return a builder with the vendor's 200 calls a second as default
     */
    static PacerBuilder builder() {
        return new PacerBuilder();
    }

    /**
     * A pacer that grants at once, for tests and benchmarks. Against the real service it earns refusals.
     *
     * @return a pacer without a limit
     */
    static Pacer unpaced() {
        return new UnpacedPacer();
    }
}
