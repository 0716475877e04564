/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import java.nio.file.Path;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Keeps answers that WebFlux streams from standing still for ever: for an application on Reactor Netty that answers with
 * a {@code Flux} of results, as NDJSON or as server-sent events. Declare it as a bean; it concerns every answer of the
 * application, and does nothing on another server.
 *
 * <p>Why: each element of such an answer is written through {@code Flux.concat} (the element, then the sign to flush),
 * and that operator can lose demand when two threads ask it at the same moment: the one that begins the element, and the
 * connection's event loop, which asks for more. Then no further line is written and nothing fails; the gateway makes no
 * more calls, for nobody asks for their results. Seen with reactor-core 3.8.7 and 3.8.8: some times in a million when two
 * threads are made to meet so, and in one of 24 streams of some 800 lines on a single CPU.
 *
 * <p>How: what is to be flushed element by element is given to Reactor Netty as one stream, which it flushes whenever
 * nothing more is there to be written. Threads, cancellation and headers stay as they are; so does demand, but that 32
 * elements are asked for ahead. Every buffer of a reader that leaves is released. When the first element
 * cannot be encoded, the answer may still be an error.
 */
public final class SteadyAnswers implements WebFilter {

    /** As many as Reactor Netty asks for ahead: so many calls of the gateway may be under way for one account each. */
    private static final int AHEAD = 32;

    /** One for all answers: it keeps no state. */
    public SteadyAnswers() {}

    /**
     * Has the rest of the chain write to a response that streams steadily.
     *
     * @param exchange the request and its answer
     * @param chain who answers
     * @return as the chain says
     */
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpResponse response = exchange.getResponse();
        // The answer to HEAD has no elements, and they are not to be made for it.
        if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod()) || !isOfReactorNetty(response)) {
            return chain.filter(exchange);
        }
        ServerHttpResponse steady =
                response instanceof ZeroCopyHttpOutputMessage ? new OfFiles(response) : new Steady(response);
        return chain.filter(exchange.mutate().response(steady).build());
    }

    private static boolean isOfReactorNetty(ServerHttpResponse response) {
        try {
            return ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse;
        } catch (IllegalArgumentException | IllegalStateException ofNoServer) {
            return false; // a mock
        }
    }

    private static class Steady extends ServerHttpResponseDecorator {

        Steady(ServerHttpResponse delegate) {
            super(delegate);
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return writeWith(new ElementsAsOne(body, AHEAD));
        }
    }

    /** A server that sends files without copying them goes on doing so. */
    private static final class OfFiles extends Steady implements ZeroCopyHttpOutputMessage {

        OfFiles(ServerHttpResponse delegate) {
            super(delegate);
        }

        @Override
        public Mono<Void> writeWith(Path file, long position, long count) {
            return ((ZeroCopyHttpOutputMessage) getDelegate()).writeWith(file, position, count);
        }
    }
}
