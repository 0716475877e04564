/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.web;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.springframework.http.HttpStatus;

/**
 * A body that breaks, such as by a chunk without a length. The server would take it for ended there, and half a line for a
 * whole one. Here it fails, so that the application says in its answer what went wrong; the connection is closed behind
 * the answer. Of one connection; on its event loop.
 */
final class BrokenBody extends ChannelDuplexHandler {

    private boolean isBroken;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!isBroken && isFailed(message)) {
            isBroken = true;
            ReferenceCountUtil.release(message);
            context.fireExceptionCaught(new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "broken-body",
                    "The body is no HTTP from some point on. Of a list, the last whole line before it is the last that"
                            + " counts: post again what has no result."));
        } else if (isBroken) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private static boolean isFailed(Object message) {
        return message instanceof HttpContent content
                && !(message instanceof HttpRequest)
                && content.decoderResult().isFailure();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean isLast = isBroken && message instanceof LastHttpContent;
        var unused =
                context.write(message, isLast ? promise.unvoid().addListener(ChannelFutureListener.CLOSE) : promise);
    }
}
