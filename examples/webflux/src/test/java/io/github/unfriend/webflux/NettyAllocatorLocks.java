/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Netty's own integration excuses the short locks of its pooled allocator, but not the same locks of its adaptive one
 * (the default since Netty 4.2).
 */
public final class NettyAllocatorLocks implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
    }
}
