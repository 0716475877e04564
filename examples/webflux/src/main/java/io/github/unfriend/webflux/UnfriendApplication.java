/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux;

import io.github.unfriend.webflux.sandbox.EmbeddedSandbox;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/**
 * Deletes friends over HTTP, with a live page. Without further ado it deletes them from a sandbox that it brings along;
 * with {@code unfriend.sdk-app-id} and the other three properties from the real service.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class UnfriendApplication {

    /**
     * Starts it.
     *
     * @param args properties, such as {@code --server.port=8081}
     */
    public static void main(String... args) {
        create().run(args);
    }

    /** The actuator does not show the token of the webhook, also when it is told to show values. */
    @Bean
    static SanitizingFunction webhookTokenSanitizingFunction() {
        return SanitizingFunction.sanitizeValue()
                .ifKeyMatches(key -> key.replaceAll("[^A-Za-z]", "").equalsIgnoreCase("examplewebhooktoken"));
    }

    /**
     * The application with its sandbox, to be run.
     *
     * @return a new one
     */
    public static SpringApplication create() {
        SpringApplication application = new SpringApplication(UnfriendApplication.class);
        application.addInitializers(new EmbeddedSandbox());
        return application;
    }
}
