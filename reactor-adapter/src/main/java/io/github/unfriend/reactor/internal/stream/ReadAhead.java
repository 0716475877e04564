/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.stream;

import io.github.unfriend.reactor.internal.batch.BatchQueue;

/**
 * How many elements the next call may have. Any number, if a result is asked for that nothing under way covers. Else it is
 * a call that nobody has asked for: what is answered or under way beyond the demand, this call included, is at most what
 * the subscriber has taken so far, and at most {@code readAhead} calls. So reading ahead is earned by taking results, and
 * doubles with each round trip of a subscriber that takes all.
 *
 * @param mostCalls calls beyond the demand
 * @param results what is answered, and the demand
 * @param calls what is under way
 * @param queue where parts of halved batches wait: calls that were started, and will be under way again
 */
record ReadAhead(int mostCalls, ResultQueue<?> results, RunningCalls<?> calls, BatchQueue<?> queue) {

    long allowance() {
        long demand = results.demand();
        long beyond = results.size() + calls.elements() + queue.inParts() - demand;
        if (beyond < 0) {
            return Long.MAX_VALUE;
        }
        int callsBeyond = results.callsBeyond(demand) + calls.beyond(demand - results.size()) + queue.parts();
        return callsBeyond < mostCalls ? results.taken() - beyond : 0;
    }
}
