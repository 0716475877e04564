/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.web;

import io.github.unfriend.webflux.ExampleProperties;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Bounds what clients can hold open without asking for anything: the number of connections, the time between two requests,
 * and the time in which a head has to come. How long an answer may take, and its list, is for others to say.
 */
@Component
final class Connections implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    private static final Duration IDLE = Duration.ofSeconds(60);

    private final int most;
    private final Duration head;
    private final AtomicInteger open = new AtomicInteger();

    Connections(ExampleProperties properties) {
        this.most = properties.limits().connections();
        this.head = properties.limits().head();
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(this::bounded);
    }

    private HttpServer bounded(HttpServer server) {
        return server.idleTimeout(IDLE).doOnChannelInit((observer, channel, address) -> admit(channel));
    }

    private void admit(Channel channel) {
        boolean isTooMany = open.incrementAndGet() > most;
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        if (isTooMany) {
            var unused = channel.close();
            return;
        }
        HeadTimeout timeout = new HeadTimeout(head);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addBefore(NettyPipeline.HttpCodec, "unfriend.bytes", timeout.beforeTheCodec());
        pipeline.addAfter(NettyPipeline.HttpCodec, "unfriend.body", new BrokenBody());
        pipeline.addAfter(NettyPipeline.HttpCodec, "unfriend.head", timeout.behindTheCodec());
    }
}
