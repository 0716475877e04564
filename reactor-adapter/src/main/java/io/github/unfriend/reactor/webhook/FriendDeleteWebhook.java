/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.webhook;

import io.github.unfriend.callback.FriendDeleteCallback;
import io.github.unfriend.reactor.internal.concurrent.DrainLoop;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.Disposable;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

/**
 * Receives {@code Sns.CallbackFriendDelete} in a WebFlux application that wants to know which friendships were
 * removed, by whomever. Checks where a request comes from before it reads the body, answers within the vendor's 2
 * seconds whatever the subscribers do, and hands out what it received as a hot stream.
 *
 * <pre>{@code
 * FriendDeleteWebhook webhook = FriendDeleteWebhook.builder().sdkAppId(appId).token(token).build();
 * RouterFunction<ServerResponse> route = webhook.route("/webhook");     // a bean
 * webhook.callbacks().subscribe(callback -> …callback.removed()…);
 * }</pre>
 *
 * <p>Only requests for this command are routed here: an app has one URL for all its callbacks, and others are answered
 * by other routes. Thread-safe; never blocks.
 */
public final class FriendDeleteWebhook implements Disposable {

    private final CallbackHandler handler;
    private final int buffer;
    private final Sinks.Many<FriendDeleteCallback> sink =
            Sinks.unsafe().many().multicast().directBestEffort();
    private final Queue<FriendDeleteCallback> arrived =
            Queues.<FriendDeleteCallback>unboundedMultiproducer().get();
    private final DrainLoop loop = new DrainLoop();
    private final LongAdder received = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean disposed;

    FriendDeleteWebhook(FriendDeleteWebhookBuilder options) {
        this.handler = new CallbackHandler(options.verifier(), options.maxBodyBytes(), this::arrived);
        this.buffer = options.buffer();
    }

    /**
     * How a webhook is made.
     *
     * @return a new builder
     */
    public static FriendDeleteWebhookBuilder builder() {
        return new FriendDeleteWebhookBuilder();
    }

    /**
     * The route to the webhook.
     *
     * @param path the path of the URL that is set in the console
     * @return matches {@code POST} with {@code CallbackCommand=Sns.CallbackFriendDelete} in the query
     */
    public RouterFunction<ServerResponse> route(String path) {
        return RouterFunctions.route(
                RequestPredicates.POST(path)
                        .and(RequestPredicates.queryParam("CallbackCommand", FriendDeleteCallback.COMMAND::equals)),
                handler());
    }

    /**
     * What answers requests, for routes of your own.
     *
     * @return 200 in the vendor's shape; 403 when {@code Sign}, {@code RequestTime} or {@code SdkAppid} is not right;
     *     400 when the body is no such callback; 413 when it is too large; 408 when it does not come within 1.5 s, which leaves
     *     time to say so before the service gives up after 2 s
     */
    public HandlerFunction<ServerResponse> handler() {
        return handler;
    }

    /**
     * The callbacks from now on, as they arrive; hot. The service promises neither order nor that each comes once, and
     * does not repeat one that was not answered (callback overview).
     *
     * <p>Each subscriber has a buffer of its own. When it is full, new callbacks are dropped for this subscriber and
     * counted in {@link #dropped()}: waiting would keep the service waiting, which gives up after 2 s. Signals come on
     * Reactor's parallel scheduler; hop with {@code publishOn} before blocking work.
     *
     * @return completes when the webhook is disposed
     */
    public Flux<FriendDeleteCallback> callbacks() {
        return sink.asFlux()
                .onBackpressureBuffer(buffer, lost -> dropped.increment(), BufferOverflowStrategy.DROP_LATEST)
                .publishOn(Schedulers.parallel(), 1);
    }

    /**
     * How many callbacks were accepted.
     *
     * @return their number, whether anybody subscribed or not
     */
    public long received() {
        return received.sum();
    }

    /**
     * How many requests were turned away.
     *
     * @return those with a wrong signature, time, app or body
     */
    public long rejected() {
        return handler.rejected();
    }

    /**
     * How many callbacks a subscriber missed because its buffer was full.
     *
     * @return the sum over all subscribers
     */
    public long dropped() {
        return dropped.sum();
    }

    /** Completes the stream of callbacks; requests are answered as before. */
    @Override
    public void dispose() {
        disposed = true;
        drain();
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }

    private void arrived(FriendDeleteCallback callback) {
        received.increment();
        if (!disposed) {
            arrived.offer(callback);
            drain();
        }
    }

    /** Requests come on several event loops, signals must not: whoever comes first emits for all. */
    private void drain() {
        loop.run(this::emit);
    }

    private void emit() {
        FriendDeleteCallback callback;
        while ((callback = arrived.poll()) != null) {
            sink.tryEmitNext(callback); // nobody there is no fault
        }
        if (disposed) {
            sink.tryEmitComplete();
        }
    }
}
