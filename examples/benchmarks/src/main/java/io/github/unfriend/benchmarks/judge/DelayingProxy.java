/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * Passes bytes on to a local port and back, each as late as {@link ConnectionDelays} say. The order within a connection
 * is kept. One thread does it all, so that delays which are the same for all connections keep the order between these,
 * too. That a client has closed a connection is passed on as late as its bytes.
 */
final class DelayingProxy implements Proxy {

    private static final String HOST = "127.0.0.1";

    private final int target;
    private final Supplier<ConnectionDelays> delays;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private int port;

    private DelayingProxy(int target, Supplier<ConnectionDelays> delays) {
        this.target = target;
        this.delays = delays;
    }

    /**
     * A proxy in front of a port.
     *
     * @param target the port
     * @param delays asked once for each connection
     */
    static DelayingProxy before(int target, Supplier<ConnectionDelays> delays) {
        DelayingProxy proxy = new DelayingProxy(target, delays);
        proxy.listen();
        return proxy;
    }

    private void listen() {
        Channel listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel front) {
                        connect(front);
                    }
                })
                .bind(HOST, 0)
                .syncUninterruptibly()
                .channel();
        port = ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Reads nothing from the client before the connection behind is open. */
    @SuppressWarnings("FutureReturnValueIgnored") // the listener is told
    private void connect(Channel front) {
        ConnectionDelays own = delays.get();
        new Bootstrap()
                .group(front.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new Relay(front, own::answerLeaves))
                .connect(HOST, target)
                .addListener((ChannelFuture opened) -> {
                    if (opened.isSuccess()) {
                        front.pipeline().addLast(new Relay(opened.channel(), own::requestLeaves));
                        front.config().setAutoRead(true);
                    } else {
                        front.close();
                    }
                });
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        Future<?> unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** One direction of a connection. */
    private static final class Relay extends ChannelInboundHandlerAdapter {

        private final Channel peer;
        private final LongUnaryOperator leaves;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private long last = System.nanoTime();

        Relay(Channel peer, LongUnaryOperator leaves) {
            this.peer = peer;
            this.leaves = leaves;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // when it fails, the connection is closed and that is passed on
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            pass(context, () -> peer.writeAndFlush(bytes));
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // nothing follows
        public void channelInactive(ChannelHandlerContext context) {
            pass(context, () -> peer.close());
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // then it is inactive, and that is passed on
        public void exceptionCaught(ChannelHandlerContext context, Throwable reset) {
            context.close();
        }

        private void pass(ChannelHandlerContext context, Runnable step) {
            long now = System.nanoTime();
            last = Math.max(last, leaves.applyAsLong(now));
            if (waiting.isEmpty() && last <= now) {
                step.run();
                return;
            }
            waiting.add(step);
            // Timers for the same time may ring in any order; each takes the first that waits.
            Future<?> unused =
                    context.executor().schedule(() -> waiting.remove().run(), last - now, TimeUnit.NANOSECONDS);
        }
    }
}
