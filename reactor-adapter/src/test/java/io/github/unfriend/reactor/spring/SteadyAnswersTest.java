/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static reactor.core.publisher.Sinks.EmitFailureHandler.FAIL_FAST;

import io.github.unfriend.reactor.Sandboxes;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** Real answers over a socket. */
class SteadyAnswersTest {

    private static final int LINES = 1000;

    /** How streams reach the server. */
    private final List<String> writes = new CopyOnWriteArrayList<>();

    private final WebFilter watching = (exchange, chain) -> chain.filter(exchange.mutate()
            .response(new ServerHttpResponseDecorator(exchange.getResponse()) {
                @Override
                public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
                    writes.add("as one stream");
                    return super.writeWith(body);
                }

                @Override
                public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
                    writes.add("element by element");
                    return super.writeAndFlushWith(body);
                }
            })
            .build());

    private static DataBuffer buffer(String text) {
        return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static DisposableServer server(WebHandler handler, WebFilter... before) {
        return server(HttpServer.create(), handler, before);
    }

    private static DisposableServer server(HttpServer http, WebHandler handler, WebFilter... before) {
        return http.host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(handler)
                        .filter(before)
                        .filter(new SteadyAnswers())
                        .codecConfigurer(ServerCodecConfigurer.create()) // here: it reads files
                        .build()))
                .bindNow();
    }

    private static HttpClient.ResponseReceiver<?> get(DisposableServer server) {
        return HttpClient.newConnection().get().uri("http://127.0.0.1:" + server.port() + "/");
    }

    private static String answer(WebHandler handler, WebFilter... before) {
        DisposableServer server = server(handler, before);
        try {
            return Sandboxes.await(get(server).responseSingle((response, body) -> body.asString()));
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void aStreamArrivesWhole() {
        String body = answer(
                exchange -> exchange.getResponse()
                        .writeAndFlushWith(Flux.range(0, LINES)
                                .publishOn(Schedulers.parallel())
                                .map(i -> Flux.just(buffer(Integer.toString(i)), buffer("\n")))),
                watching);
        assertThat(body.lines()).hasSize(LINES).last().isEqualTo(Integer.toString(LINES - 1));
        assertThat(writes).containsExactly("as one stream");
    }

    /** A value that concatMap would take in a shortcut of its own, which may give it twice. */
    private static final class Value extends Mono<DataBuffer> implements Callable<DataBuffer> {

        @Override
        public DataBuffer call() {
            return buffer("called");
        }

        @Override
        public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
            Mono.just(buffer("subscribed to")).subscribe(actual);
        }
    }

    @Test
    void elementsAreSubscribedToAndNotCalled() {
        String body = answer(exchange -> exchange.getResponse().writeAndFlushWith(Flux.just(new Value())));
        assertThat(body).isEqualTo("subscribed to");
    }

    @Test
    void theAnswerToHeadMakesNoElements() {
        AtomicBoolean begun = new AtomicBoolean();
        DisposableServer server = server(exchange -> exchange.getResponse()
                .writeAndFlushWith(Flux.just(Mono.just(buffer("element"))).doOnSubscribe(any -> begun.set(true))));
        try {
            int status = Sandboxes.await(HttpClient.newConnection()
                    .head()
                    .uri("http://127.0.0.1:" + server.port() + "/")
                    .responseSingle(
                            (response, body) -> Mono.just(response.status().code())));
            assertThat(status).isEqualTo(200);
            assertThat(begun).isFalse();
        } finally {
            server.disposeNow();
        }
    }

    /** The next element comes only when the reader has the one before. */
    @Test
    void eachElementIsFlushed() {
        Sinks.Many<Integer> elements = Sinks.many().unicast().onBackpressureBuffer();
        elements.emitNext(0, FAIL_FAST);
        DisposableServer server = server(exchange -> exchange.getResponse()
                .writeAndFlushWith(elements.asFlux()
                        .publishOn(Schedulers.parallel())
                        .map(i -> Mono.just(buffer(Integer.toString(i))))));
        try {
            List<String> read = Sandboxes.await(get(server)
                    .responseContent()
                    .asString()
                    .doOnNext(text -> elements.emitNext(Integer.parseInt(text) + 1, FAIL_FAST))
                    .take(100));
            assertThat(read).hasSize(100).last().isEqualTo("99");
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void whoLeavesEndsTheStream() {
        AtomicBoolean left = new AtomicBoolean();
        DisposableServer server = server(exchange -> exchange.getResponse()
                .writeAndFlushWith(Flux.range(0, Integer.MAX_VALUE)
                        .publishOn(Schedulers.parallel())
                        .map(i -> Mono.just(buffer(i + "\n")))
                        .doOnCancel(() -> left.set(true))));
        try {
            Sandboxes.await(get(server).responseContent().asString().take(10));
            Sandboxes.eventually(left::get);
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void noBufferOfAReaderThatLeavesIsLost() throws Exception {
        UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
        AtomicInteger ended = new AtomicInteger();
        String line = "x".repeat(8_000) + "\n";
        DisposableServer server =
                server(HttpServer.create().childOption(ChannelOption.ALLOCATOR, buffers), exchange -> {
                    DataBufferFactory factory = exchange.getResponse().bufferFactory();
                    return exchange.getResponse()
                            .writeAndFlushWith(Flux.range(0, Integer.MAX_VALUE)
                                    .publishOn(Schedulers.parallel())
                                    .map(i -> Mono.just(factory.allocateBuffer(line.length())
                                            .write(line, StandardCharsets.US_ASCII))))
                            .doFinally(any -> ended.incrementAndGet());
                });
        try {
            for (int reader = 0; reader < 100; reader++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                    socket.getOutputStream()
                            .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    assertThat(socket.getInputStream().readNBytes(300_000)).hasSize(300_000);
                }
            }
            Sandboxes.eventually(() -> ended.get() == 100);
            Sandboxes.eventually(() -> {
                return buffers.metric().usedHeapMemory() == 0
                        && buffers.metric().usedDirectMemory() == 0;
            });
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void anAnswerThatIsNotStreamedStaysAsItIs() {
        String body = answer(exchange -> exchange.getResponse().writeWith(Mono.just(buffer("whole"))));
        assertThat(body).isEqualTo("whole");
    }

    @Test
    void filesAreStillSentWithoutBeingCopied(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "0123456789");
        String body = answer(exchange -> {
            ServerHttpResponse response = exchange.getResponse();
            assertThat(response).isInstanceOf(ZeroCopyHttpOutputMessage.class);
            return ((ZeroCopyHttpOutputMessage) response).writeWith(file, 2, 5);
        });
        assertThat(body).isEqualTo("23456");
    }
}
