/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.webflux.sandbox;

import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts a sandbox if no property names the service or the app, and sets the properties that lead to the sandbox. The
 * rest of the application is the same as with the real service. A secret key alone starts a sandbox as well, because it
 * may be in the environment for other programs. If one of the other properties is set, the real service is meant, and
 * the auto-configuration of the gateway says what is missing. The sandbox closes with the context, after all its
 * callers.
 */
public final class EmbeddedSandbox implements ApplicationContextInitializer<GenericApplicationContext> {

    private static final Log LOG = LogFactory.getLog(EmbeddedSandbox.class);

    private static final List<String> REAL_SERVICE =
            List.of("unfriend.sdk-app-id", "unfriend.administrator", "unfriend.region", "unfriend.endpoint");

    /** Starts nothing yet. */
    public EmbeddedSandbox() {}

    @Override
    public void initialize(GenericApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (REAL_SERVICE.stream().anyMatch(environment::containsProperty)) {
            return;
        }
        Sandbox sandbox = Sandbox.start(SandboxOptions.builder()
                .latency(Duration.ofMillis(20), Duration.ofMillis(30))
                .build());
        String token = UUID.randomUUID().toString();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "sandbox",
                        Map.of(
                                "unfriend.endpoint", sandbox.uri().toString(),
                                "unfriend.sdk-app-id", SandboxOptions.SDK_APP_ID,
                                "unfriend.administrator", SandboxOptions.ADMINISTRATOR,
                                "unfriend.secret-key", SandboxOptions.SECRET_KEY,
                                "example.webhook.token", token)));
        // The first bean of all, and so the last to be closed.
        context.registerBean("sandbox", Sandbox.class, () -> sandbox);
        context.addApplicationListener((ApplicationListener<WebServerInitializedEvent>)
                event -> callBack(sandbox, event, environment.getRequiredProperty("example.webhook.path"), token));
        context.addApplicationListener((ApplicationListener<ContextClosedEvent>) event -> sandbox.callback(null, null));
        LOG.info("A sandbox plays the service at " + sandbox.uri()
                + "; set unfriend.sdk-app-id and the other three properties for the real one");
    }

    /** Only now it is known on which port this application listens. */
    private static void callBack(Sandbox sandbox, WebServerInitializedEvent event, String path, String token) {
        if (event.getApplicationContext().getServerNamespace() == null) {
            int port = event.getWebServer().getPort();
            sandbox.callback(URI.create("http://127.0.0.1:" + port + path), token);
        }
    }
}
