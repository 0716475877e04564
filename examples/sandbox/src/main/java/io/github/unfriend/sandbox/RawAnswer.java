/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.sandbox;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.NettyPipeline;

/** What a well-behaved HTTP server cannot send: written below its codec. */
final class RawAnswer {

    private static final String INTERIM = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n";
    private static final String UNASKED = "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":70009,\"ErrorInfo\":\"unasked\"}";
    private static final String EARLY = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
    private static final String REQUEST_TIMEOUT =
            "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private static final String ERROR_INFO = "\"ErrorInfo\":\"";
    /** Half a character, a byte that begins none, and a tabulator. */
    private static final byte[] DAMAGE = {(byte) 0xE4, (byte) 0xBD, (byte) 0xFF, '\t'};

    private RawAnswer() {}

    /** Two interim answers. */
    static Mono<Void> interim(Channel channel) {
        return write(channel, Unpooled.copiedBuffer(INTERIM + INTERIM, StandardCharsets.US_ASCII));
    }

    /** An answer and one that nobody asked for, in one write; the connection is of no use afterwards. */
    static Mono<Void> withExtra(Channel channel, byte[] json) {
        byte[] unasked = UNASKED.getBytes(StandardCharsets.US_ASCII);
        ByteBuf both = Unpooled.wrappedBuffer(
                head(json.length), Unpooled.wrappedBuffer(json), head(unasked.length), Unpooled.wrappedBuffer(unasked));
        return write(channel, both).then(Mono.never());
    }

    /** What a server says on an idle connection without being asked. */
    static Mono<Void> unasked(Channel channel, FaultKind kind) {
        if (kind == FaultKind.EARLY) {
            return write(channel, Unpooled.copiedBuffer(EARLY, StandardCharsets.US_ASCII));
        }
        return write(channel, Unpooled.copiedBuffer(REQUEST_TIMEOUT, StandardCharsets.US_ASCII))
                .then(Mono.defer(() -> FutureMono.from(channel.close())));
    }

    private static ByteBuf head(int length) {
        return Unpooled.copiedBuffer(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n",
                StandardCharsets.US_ASCII);
    }

    private static Mono<Void> write(Channel channel, ByteBuf bytes) {
        return Mono.defer(() -> {
            ChannelHandlerContext codec =
                    Objects.requireNonNull(channel.pipeline().context(NettyPipeline.HttpCodec));
            return FutureMono.from(codec.writeAndFlush(bytes));
        });
    }

    /** The same answer with a text at the beginning of each ErrorInfo and ResultInfo. */
    static byte[] echoing(byte[] json, String text) {
        return new String(json, StandardCharsets.UTF_8)
                .replace("Info\":\"", "Info\":\"" + text + " ")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The same answer with damage in its ErrorInfo, or as it is if it has none. */
    static byte[] damaged(byte[] json) {
        String text = new String(json, StandardCharsets.ISO_8859_1);
        int at = text.lastIndexOf(ERROR_INFO);
        if (at < 0) {
            return json;
        }
        int end = at + ERROR_INFO.length();
        String damage = new String(DAMAGE, StandardCharsets.ISO_8859_1);
        return (text.substring(0, end) + damage + text.substring(end)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
