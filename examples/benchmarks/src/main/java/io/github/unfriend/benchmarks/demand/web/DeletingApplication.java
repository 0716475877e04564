/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand.web;

import io.github.unfriend.DeleteType;
import io.github.unfriend.ResultItem;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.spring.FriendGatewayBuilderCustomizer;
import io.github.unfriend.sandbox.SandboxOptions;
import java.net.URI;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/**
 * The application of the README's section on Spring Boot, but that it makes the friendships itself instead of reading
 * them from the request: it is the demand of the response that is measured, not the reading of JSON.
 */
@SpringBootApplication(proxyBeanMethods = false)
@RestController
public class DeletingApplication {

    private final FriendGateway gateway;

    DeletingApplication(FriendGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Starts it on any free port of the loopback address.
     *
     * @param endpoint the service
     * @param readAhead has the last word on the gateway's builder
     * @return its port
     */
    public static int start(URI endpoint, FriendGatewayBuilderCustomizer readAhead) {
        SpringApplication application = new SpringApplication(DeletingApplication.class);
        application.setDefaultProperties(Map.of(
                "unfriend.sdk-app-id",
                SandboxOptions.SDK_APP_ID,
                "unfriend.administrator",
                SandboxOptions.ADMINISTRATOR,
                "unfriend.secret-key",
                SandboxOptions.SECRET_KEY,
                "unfriend.endpoint",
                endpoint,
                "server.address",
                "127.0.0.1",
                "server.port",
                0,
                // stdout is for the parent process
                "spring.main.banner-mode",
                "off"));
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("readAhead", readAhead));
        return application.run().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @PostMapping(path = "/deletions", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<ResultItem> delete() {
        return gateway.delete(DeleteType.SINGLE, Friendships.endless());
    }

    /** What WebFlux can write, if results cost nothing. */
    @PostMapping(path = "/ready", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<ResultItem> ready() {
        return Friendships.results();
    }
}
