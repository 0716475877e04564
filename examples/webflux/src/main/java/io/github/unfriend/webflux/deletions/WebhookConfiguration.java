/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.deletions;

import io.github.unfriend.reactor.spring.UnfriendProperties;
import io.github.unfriend.reactor.webhook.FriendDeleteWebhook;
import io.github.unfriend.webflux.ExampleProperties;
import java.util.Objects;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The service reports what it removed; each deletion counts its own. Without a token no report is accepted. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("example.webhook.token")
class WebhookConfiguration {

    private static final Log LOG = LogFactory.getLog(WebhookConfiguration.class);

    @Bean(destroyMethod = "dispose")
    FriendDeleteWebhook webhook(UnfriendProperties unfriend, ExampleProperties example, Deletions deletions) {
        FriendDeleteWebhook webhook = FriendDeleteWebhook.builder()
                .sdkAppId(Objects.requireNonNull(unfriend.sdkAppId()))
                .token(Objects.requireNonNull(example.webhook().token()))
                .build();
        webhook.callbacks()
                .subscribe(
                        callback -> deletions.confirm(callback.removed()),
                        error -> LOG.error("Removals that the service reports are not counted any more", error));
        return webhook;
    }

    @Bean
    RouterFunction<ServerResponse> webhookRoute(FriendDeleteWebhook webhook, ExampleProperties example) {
        return webhook.route(example.webhook().path());
    }
}
