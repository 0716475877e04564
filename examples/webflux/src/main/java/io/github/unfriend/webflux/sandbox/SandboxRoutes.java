/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.sandbox;

import io.github.unfriend.sandbox.Api;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The sandbox for the live page: what it has seen, and a list to try. */
@Configuration(proxyBeanMethods = false)
class SandboxRoutes {

    private static final int LINES_IN_A_PIECE = 500;
    /** Some of everything that is to be repeated, and a rate limit that others seem to use up. */
    private static final FaultPlan FAULTS = FaultPlan.parse(
            "item:30006=0.004,code:30006=0.01,code:60008=0.01,code:60007=0.002,reset-before=0.005,reset-after=0.005",
            7);

    @Bean
    RouterFunction<ServerResponse> routesOfTheSandbox(ObjectProvider<Sandbox> provider) {
        Sandbox sandbox = provider.getIfAvailable();
        if (sandbox == null) {
            return RouterFunctions.route()
                    .GET("/sandbox", request -> ServerResponse.noContent().build())
                    .build();
        }
        return RouterFunctions.route()
                .GET("/sandbox", request -> score(sandbox))
                .POST("/sandbox/list", request -> list(sandbox, request))
                .build();
    }

    /** What the server's side has counted: the judge of what the plots show. */
    private static Mono<ServerResponse> score(Sandbox sandbox) {
        return Mono.fromCallable(() -> Map.of(
                        "uri", sandbox.uri(),
                        "friendships", sandbox.friends().total(),
                        "calls", sandbox.score().calls(Api.FRIEND_DELETE),
                        "refusedForRate", sandbox.score().refusedForRate(Api.FRIEND_DELETE),
                        "mostInAnySecond", sandbox.score().mostInAnySecond(Api.FRIEND_DELETE),
                        "deletions", sandbox.score().deletions(),
                        "callbacksSent", sandbox.score().callbacksSent(),
                        "callbacksFailed", sandbox.score().callbacksFailed()))
                .subscribeOn(Schedulers.parallel())
                .flatMap(score -> ServerResponse.ok().bodyValue(score));
    }

    /** Makes everybody friends again and names all friendships, as a list to be posted to {@code /deletions}. */
    private static Mono<ServerResponse> list(Sandbox sandbox, ServerRequest request) {
        boolean faults = request.queryParam("faults").map(Boolean::parseBoolean).orElse(false);
        DemoList list = DemoList.USUAL;
        return Mono.fromRunnable(() -> {
                    list.fill(sandbox.friends());
                    sandbox.misbehave(faults ? FAULTS : FaultPlan.none());
                })
                .subscribeOn(Schedulers.parallel())
                .then(Mono.defer(() -> ServerResponse.ok()
                        .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                        .body((response, context) -> response.writeWith(csv(list)))));
    }

    private static Flux<DataBuffer> csv(DemoList list) {
        DataBufferFactory buffers = DefaultDataBufferFactory.sharedInstance;
        return Flux.fromStream(list::lines)
                .map(friendship -> friendship.fromAccount() + "," + friendship.toAccount() + "\n")
                .buffer(LINES_IN_A_PIECE)
                .map((List<String> lines) -> buffers.wrap(String.join("", lines).getBytes(StandardCharsets.UTF_8)));
    }
}
