/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

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
                                .GET("/{id}/events", view::events))
                .build();
    }
}
