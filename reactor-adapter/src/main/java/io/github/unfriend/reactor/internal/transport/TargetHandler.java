/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;

/**
 * Puts the query with identifier and UserSig onto the request at the last moment, just before it is encoded. The HTTP
 * client above knows only the path, so nothing that it logs, measures or throws can hold the signature.
 */
@ChannelHandler.Sharable
final class TargetHandler extends ChannelOutboundHandlerAdapter {

    static final TargetHandler INSTANCE = new TargetHandler();
    static final String NAME = "unfriend.target";
    static final AttributeKey<String> TARGET = AttributeKey.valueOf(TargetHandler.class, "target");

    private TargetHandler() {}

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpRequest request) {
            String target = context.channel().attr(TARGET).getAndSet(null);
            if (target != null) {
                request.setUri(target);
            }
        }
        super.write(context, message, promise);
    }
}
