/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import reactor.netty.NettyPipeline;

/**
 * Sees to it that an answer belongs to the request it follows. Only one request is on a connection at a time. Interim
 * answers (1xx) are skipped. What comes while no answer is due, and what cannot be read, closes the connection and
 * reaches nobody. One for each connection, on its event loop.
 *
 * <p>It stands on both sides of the HTTP codec, and gives each request a fresh one: what the last codec still held came
 * behind its answer.
 */
final class HttpFraming extends ChannelDuplexHandler {

    /** Longer heads are cut off by hardly any server. */
    static final int MAX_HEAD_BYTES = 64 * 1024;

    private static final AttributeKey<Boolean> QUIET = AttributeKey.valueOf(HttpFraming.class, "quiet");

    private static final Set<String> NEEDED =
            Set.of("content-length", "transfer-encoding", "content-encoding", "connection", "retry-after");

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int OK = 200;

    /** A request was written whose answer is not complete. */
    private boolean answerDue;
    /**
     * The answer is not that of somebody in front of the service. Such a one may have been said before the request came,
     * as when a web server ends an idle connection: the answer to the request would follow, and look like that to the next
     * one. So the connection is not used again.
     */
    private boolean ofTheService;
    /** An interim answer is being read. */
    private boolean interim;
    /** From now on nothing is believed. */
    private boolean broken;

    private HttpFraming() {}

    /** For a connection that speaks HTTP/1.1, before it is used. */
    static void addTo(Channel channel) {
        HttpFraming framing = new HttpFraming();
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addBefore(NettyPipeline.HttpCodec, "unfriend.bytes", framing.new Bytes());
        pipeline.addAfter(NettyPipeline.HttpCodec, "unfriend.framing", framing);
        renewCodec(pipeline);
    }

    /** A call has this connection, and waits for its turn: what comes meanwhile is not its answer. */
    static void expectNothing(Channel channel) {
        channel.read(); // without it, it would lie in the socket until the request has left, and look like its answer
    }

    /** The call knows already that the connection is closed: the HTTP client need not hear of it, and would log it. */
    static void closesQuietly(Channel channel) {
        channel.attr(QUIET).set(true);
    }

    private static void renewCodec(ChannelPipeline pipeline) {
        pipeline.replace(
                NettyPipeline.HttpCodec,
                NettyPipeline.HttpCodec,
                new HttpClientCodec(new HttpDecoderConfig().setMaxHeaderSize(MAX_HEAD_BYTES), false, false));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpRequest) {
            if (answerDue || broken) {
                ReferenceCountUtil.release(message);
                promise.setFailure(new IOException("the connection waits for another answer, or is broken"));
                breakOff(context);
                return;
            }
            answerDue = true;
        }
        var unused = context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!isOfTheAnswer(message)) {
            ReferenceCountUtil.release(message);
            breakOff(context);
        } else if (isInterim(message)) {
            interim = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
        } else {
            if (message instanceof HttpResponse response) {
                keepWhatIsNeeded(response);
                ofTheService = response.status().code() == OK;
            }
            boolean last = message instanceof LastHttpContent;
            if (last) {
                answerDue = false;
                renewCodec(context.pipeline()); // before the connection can be used for the next request
            }
            context.fireChannelRead(message);
            if (last && !ofTheService) {
                breakOff(context);
            }
        }
    }

    /** The client logs the reason and the names of headers: a peer that echoes could put the UserSig there. */
    private static void keepWhatIsNeeded(HttpResponse response) {
        response.setStatus(HttpResponseStatus.valueOf(response.status().code()));
        for (String name : response.headers().names()) {
            if (!NEEDED.contains(name.toLowerCase(Locale.ROOT))) {
                response.headers().remove(name);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!context.channel().hasAttr(QUIET)) {
            context.fireChannelInactive();
        }
    }

    /** Anything but an HTTP object is bytes that the last codec still held. */
    private boolean isOfTheAnswer(Object message) {
        return answerDue
                && !broken
                && message instanceof HttpObject object
                && object.decoderResult().isSuccess()
                && !(message instanceof HttpResponse response
                        && response.status().code() == SWITCHING_PROTOCOLS);
    }

    private boolean isInterim(Object message) {
        return interim
                || (message instanceof HttpResponse response
                        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
    }

    private void breakOff(ChannelHandlerContext context) {
        broken = true;
        var unused = context.close();
    }

    /** On the side of the socket: no codec gets to see bytes while no answer is due. */
    private final class Bytes extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (answerDue && !broken) {
                context.fireChannelRead(message);
            } else {
                ReferenceCountUtil.release(message);
                breakOff(context);
            }
        }
    }
}
