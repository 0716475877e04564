/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.MethodNotAllowedException;
import reactor.core.publisher.Mono;

/** What lies where. */
@Configuration(proxyBeanMethods = false)
class DeletionRoutes {

    @Bean
    RouterFunction<ServerResponse> routesOfDeletions(DeletionHandler handler, ViewHandler view) {
        return RouterFunctions.route()
                .nest(
                        path("/deletions"),
                        routes -> routes.POST("", handler::post)
                                .GET("", view::list)
                                .GET("/events", view::allEvents)
                                .GET("/{id}", view::progress)
                                .DELETE("/{id}", view::cancel)
                                .POST("/{id}/pause", view::pause)
                                .POST("/{id}/resume", view::resume)
                                .GET("/{id}/results", view::results)
                                .GET("/{id}/events", view::events)
                                .route(path(""), refusing(HttpMethod.GET, HttpMethod.POST))
                                .route(path("/events"), refusing(HttpMethod.GET))
                                .route(path("/{id}"), refusing(HttpMethod.GET, HttpMethod.DELETE))
                                .route(path("/{id}/pause").or(path("/{id}/resume")), refusing(HttpMethod.POST))
                                .route(path("/{id}/results").or(path("/{id}/events")), refusing(HttpMethod.GET)))
                .build();
    }

    /** What is left over has another method than the routes above. */
    private static HandlerFunction<ServerResponse> refusing(HttpMethod... allowed) {
        return request -> Mono.error(new MethodNotAllowedException(request.method(), List.of(allowed)));
    }
}
