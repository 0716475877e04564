/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Stands over every test class: nothing blocks where it must not, wherever the error ends up, and no buffer is leaked.
 * A test that provokes one on purpose takes it out of {@link #FOUND} itself.
 */
public final class Guards implements BeforeAllCallback, AfterAllCallback, BlockHoundIntegration {

    static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Netty's own integration excuses the short locks of its pooled allocator, but not those of the adaptive one.
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
        builder.blockingMethodCallback(method -> {
            BlockingOperationError error = new BlockingOperationError(method);
            FOUND.add("blocked: " + error + " at " + where(error));
            throw error;
        });
    }

    private static String where(Throwable error) {
        StringBuilder where = new StringBuilder(Thread.currentThread().getName());
        for (StackTraceElement frame : error.getStackTrace()) {
            where.append("\n  ").append(frame);
        }
        return where.toString();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ByteBufUtil.setLeakListener((type, records) -> FOUND.add("leaked: " + type + records));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.gc();
        for (int i = 0; i < 300; i++) {
            PooledByteBufAllocator.DEFAULT.buffer(8).release(); // a leak is told when a new buffer is taken
        }
        String[] found = FOUND.toArray(String[]::new);
        FOUND.clear();
        assertThat(found)
                .as("what the guards found in this class or the one before")
                .isEmpty();
    }
}
