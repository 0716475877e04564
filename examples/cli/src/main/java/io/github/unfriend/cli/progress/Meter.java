/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.progress;

import io.github.unfriend.Api;
import io.github.unfriend.cli.output.Tally;
import io.github.unfriend.reactor.FriendGateway;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What can be read off a run while it goes on; cheap, from any thread.
 *
 * @param tally counts the results
 * @param skipped accounts of the input that need no call, since they were done before or are duplicates
 * @param total accounts of the input, duplicates included; -1 if not known
 * @param gateway that calls
 * @param api the API called
 */
public record Meter(Tally tally, AtomicLong skipped, long total, FriendGateway gateway, Api api) {

    /**
     * Accounts of the input that are through.
     *
     * @return at most {@link #total}, if that is known
     */
    public long done() {
        return tally.results() + skipped.get();
    }

    /**
     * Calls of the API so far.
     *
     * @return their number, repeated ones included
     */
    public long calls() {
        return gateway.pacer().state(api).calls();
    }
}
