/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import io.github.unfriend.reactor.FriendGateway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.WebFilter;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Gives a WebFlux application with a gateway the filter {@link SteadyAnswers}, so that the results that it streams do not
 * stand still. {@code unfriend.steady-answers=false} switches it off.
 */
@AutoConfiguration(after = UnfriendAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({WebFilter.class, ServerHttpResponse.class, HttpServerResponse.class})
@ConditionalOnBean(FriendGateway.class)
@ConditionalOnBooleanProperty(name = "unfriend.steady-answers", matchIfMissing = true)
public final class UnfriendWebAutoConfiguration {

    /** For Boot only. */
    public UnfriendWebAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    SteadyAnswers unfriendSteadyAnswers() {
        return new SteadyAnswers();
    }
}
