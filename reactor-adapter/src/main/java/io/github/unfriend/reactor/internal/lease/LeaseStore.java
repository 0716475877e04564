/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.lease;

import reactor.core.publisher.Mono;

/** Where the places of all processes are counted, for one API. */
@FunctionalInterface
public interface LeaseStore {

    /**
     * Asks once; nothing is repeated and nothing is queued while the store is away.
     *
     * @return the answer; empty if the request was stale; an error if there is none
     */
    Mono<LeaseReply> ask(LeaseRequest request);
}
