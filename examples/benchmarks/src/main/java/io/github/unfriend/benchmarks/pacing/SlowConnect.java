/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.netty.http.client.HttpClient;

/** Makes connections of a client take some time to open, as a long way with TLS does. */
final class SlowConnect extends ChannelOutboundHandlerAdapter {

    private final long nanos;

    private SlowConnect(long nanos) {
        this.nanos = nanos;
    }

    static HttpClient on(HttpClient client, Duration delay) {
        return delay.isZero()
                ? client
                : client.doOnChannelInit((observer, channel, remote) ->
                        channel.pipeline().addFirst("slow-connect", new SlowConnect(delay.toNanos())));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise tells
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        context.executor().schedule(() -> context.connect(remote, local, promise), nanos, TimeUnit.NANOSECONDS);
    }
}
