/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.NotSentException;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Hooks;
import reactor.netty.channel.AbortedException;
import reactor.netty.internal.shaded.reactor.pool.PoolShutdownException;

/**
 * Stands over every test class: no buffer is leaked, and no error, item or operator failure is dropped where nobody
 * sees it. A test that provokes one on purpose takes it out of {@link #FOUND} itself.
 */
public final class Guards implements BeforeAllCallback, AfterAllCallback {

    static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
    private static final String OPERATORS = Guards.class.getName();

    @Override
    public void beforeAll(ExtensionContext context) {
        ByteBufUtil.setLeakListener((type, records) -> FOUND.add("leaked: " + type + records));
        Hooks.onErrorDropped(error -> {
            if (!(error instanceof NotSentException)) { // a call was taken back when its caller had just left
                FOUND.add("error dropped: " + error);
            }
        });
        Hooks.onNextDropped(item -> FOUND.add("item dropped: " + item));
        Hooks.onOperatorError(OPERATORS, (error, item) -> {
            if (!isHowReactorNettyPassesOn(error, item)) {
                FOUND.add("an operator failed: " + error + " on " + item + where(error));
            }
            return error;
        });
    }

    private static String where(Throwable error) {
        return Arrays.stream(error.getStackTrace())
                .limit(30)
                .map(frame -> "\n        at " + frame)
                .collect(Collectors.joining());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        lookForLeaks();
        Hooks.resetOnErrorDropped();
        Hooks.resetOnNextDropped();
        Hooks.resetOnOperatorError(OPERATORS);
        String[] found = FOUND.toArray(String[]::new);
        FOUND.clear();
        assertThat(found)
                .as("what the guards found in this class or the one before")
                .isEmpty();
    }

    /**
     * Reactor Netty hands connections that break or are not made, and calls that are taken back, from sink to sink and
     * through its own retry of the connect, and each counts as an operator that failed. It does so without an item, or
     * with its retry's subscriber as one; an operator that fails by itself has one in hand, or fails otherwise.
     */
    private static boolean isHowReactorNettyPassesOn(Throwable error, @Nullable Object item) {
        return (item == null || item.getClass().getName().startsWith("reactor.core.publisher.FluxRetryWhen"))
                && isOfTheConnection(error);
    }

    private static boolean isOfTheConnection(Throwable error) {
        return error
                        instanceof
                        IOException // refused, reset, closed too early; the gateway does no other input and output
                || (error instanceof DecoderException && error.getCause() instanceof SSLException)
                || error instanceof PoolShutdownException // a wait for a connection that was taken back before
                || error instanceof ReadTimeoutException // an answer that does not come
                || error instanceof AbortedException // closed while it was written to
                || error instanceof NotSentException; // how a call that must not leave is taken back
    }

    /** A leak is told when a new buffer is taken after the lost one was collected. */
    static void lookForLeaks() {
        System.gc();
        for (int i = 0; i < 300; i++) {
            PooledByteBufAllocator.DEFAULT.buffer(8).release();
        }
    }
}
