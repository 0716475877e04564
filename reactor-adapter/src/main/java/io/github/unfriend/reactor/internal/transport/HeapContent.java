/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;

/**
 * Copies the content of answers to the heap before the HTTP client gets it. The client drops an answer whose caller left at
 * that moment, with the content that it has read by then: a pooled buffer would be lost, one on the heap is collected.
 * Sharable; on the event loop.
 */
@ChannelHandler.Sharable
final class HeapContent extends ChannelInboundHandlerAdapter {

    static final HeapContent INSTANCE = new HeapContent();
    static final String NAME = "unfriend.content";

    private HeapContent() {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpContent content && content.content().isReadable()) {
            HttpContent copy = content.replace(Unpooled.copiedBuffer(content.content()));
            content.release();
            context.fireChannelRead(copy);
        } else {
            context.fireChannelRead(message);
        }
    }
}
