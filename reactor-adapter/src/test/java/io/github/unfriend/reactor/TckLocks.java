/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** The subscribers of the Reactive Streams TCK collect signals in queues with locks: theirs to block, not ours. */
public final class TckLocks implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        String kit = "org.reactivestreams.tck.TestEnvironment";
        builder.allowBlockingCallsInside(kit + "$Receptacle", "add")
                .allowBlockingCallsInside(kit + "$Receptacle", "complete")
                .allowBlockingCallsInside(kit + "$Promise", "complete")
                .allowBlockingCallsInside(kit + "$Promise", "completeImmediatly")
                .allowBlockingCallsInside(kit, "flop");
    }
}
