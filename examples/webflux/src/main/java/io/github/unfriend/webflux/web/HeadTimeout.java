/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.web;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which the head of a request takes too long, from its first byte to its last. The server's own
 * timeout begins anew with each byte. Of one connection; on its event loop.
 */
final class HeadTimeout {

    private final Duration longest;
    private boolean isInRequest;
    private @Nullable Future<?> alarm;

    HeadTimeout(Duration longest) {
        this.longest = longest;
    }

    /** Sees bytes. */
    ChannelHandler beforeTheCodec() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object bytes) {
                if (!isInRequest && alarm == null) {
                    alarm = context.executor()
                            .schedule(() -> close(context), longest.toMillis(), TimeUnit.MILLISECONDS);
                }
                context.fireChannelRead(bytes);
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                headIsThere();
                context.fireChannelInactive();
            }
        };
    }

    /** Sees what the codec has made of them. */
    ChannelHandler behindTheCodec() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof HttpRequest) {
                    isInRequest = true;
                    headIsThere();
                }
                if (message instanceof LastHttpContent) {
                    isInRequest = false;
                }
                context.fireChannelRead(message);
            }
        };
    }

    private static void close(ChannelHandlerContext context) {
        var unused = context.close();
    }

    private void headIsThere() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }
}
