/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.lease;

import reactor.core.publisher.Mono;

/**
 * Where the places of one API are counted for all processes; a keeper has a store for each API. It promises:
 *
 * <ul>
 *   <li>What processes hold never adds up to more than the limit. A process holds what it says it keeps and what it is
 *       granted, until it says otherwise or its lease and {@link LeaseConfig#COOL_DOWN} have passed. It is measured by
 *       one clock, the store's own.
 *   <li>An older request that arrives after a newer one changes nothing.
 *   <li>After a loss of memory it grants nothing for {@link LeaseConfig#RECOVERY}, and counts what processes claim.
 *   <li>Targets are fair: who wants less than an equal part gets that, the others share the rest. Pauses and a limit that
 *       the service enforces are the same for all.
 * </ul>
 */
@FunctionalInterface
public interface LeaseStore {

    /**
     * Asks once; nothing is repeated and nothing is queued while the store is away.
     *
     * @return the answer; empty if the request was stale; an error if there is none
     */
    Mono<LeaseReply> ask(LeaseRequest request);
}
