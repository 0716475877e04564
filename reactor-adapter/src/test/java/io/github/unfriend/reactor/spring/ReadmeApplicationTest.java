/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Readme;
import io.github.unfriend.reactor.Sandboxes;
import io.github.unfriend.reactor.webhook.FriendDeleteWebhook;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;

/** Started. */
class ReadmeApplicationTest extends ReadmeApplication {

    private static final String TOKEN = "token-of-the-console";

    /** With the properties of README.md, and those of the test after them. */
    private ConfigurableApplicationContext start(String... more) throws ReflectiveOperationException, IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--UNFRIEND_SECRET_KEY=" + SandboxOptions.SECRET_KEY,
                "--UNFRIEND_WEBHOOK_TOKEN=" + TOKEN,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off"));
        arguments.addAll(List.of(more));
        SpringApplication application = new SpringApplication(classes.loadClass(NAME));
        application.setDefaultProperties(shownProperties());
        return application.run(arguments.toArray(String[]::new));
    }

    @Test
    void theMainReadmeShowsAPartOfIt() {
        List<String> shown = Readme.blocks("java", "@PostMapping");
        assertThat(shown).hasSize(2);
        assertThat(shown.get(1))
                .contains("class UnfriendingApplication")
                .contains(shown.get(0).indent(4));
    }

    @Test
    void itStartsWithFourProperties() throws ReflectiveOperationException, IOException {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.getBean(FriendGateway.class).isDisposed()).isFalse();
            assertThat(context.getBeansOfType(SteadyAnswers.class)).hasSize(1);
        }
    }

    @Test
    void itDeletesFriends() throws ReflectiveOperationException, IOException, InterruptedException {
        try (Sandbox sandbox = Sandbox.start();
                ConfigurableApplicationContext context =
                        start("--unfriend.region=", "--unfriend.endpoint=" + sandbox.uri())) {
            sandbox.friends().befriend("alice", "bob").befriend("alice", "carol");
            String port = context.getEnvironment().getProperty("local.server.port");

            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/deletions"))
                                    .header("Content-Type", "application/x-ndjson")
                                    .POST(HttpRequest.BodyPublishers.ofString("""
                                            {"from":"alice","to":"bob"}
                                            {"from":"alice","to":"carol","outcome":"failed","code":1}
                                            """))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body().lines())
                    .hasSize(2)
                    .contains("{\"from\":\"alice\",\"to\":\"bob\",\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}")
                    .allMatch(line -> line.endsWith("\"outcome\":\"deleted\",\"code\":0,\"info\":\"\"}"));
            assertThat(sandbox.friends().count("alice")).isZero();
        }
    }

    @Test
    void itHearsOfWhatWasDeleted() throws ReflectiveOperationException, IOException {
        FriendDeleteWebhook heard;
        try (ConfigurableApplicationContext context = start()) {
            URI webhook = URI.create(
                    "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + "/webhook");
            heard = context.getBean(FriendDeleteWebhook.class);
            try (Sandbox sandbox = Sandbox.start(
                    SandboxOptions.builder().callback(webhook, TOKEN).build())) {
                sandbox.friends().befriend("alice", "bob");
                FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();
                Sandboxes.await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")));
                Sandboxes.eventually(() -> heard.received() == 1);
                gateway.dispose();
            }
            assertThat(heard.rejected()).isZero();
        }
        assertThat(heard.isDisposed()).isTrue();
    }
}
