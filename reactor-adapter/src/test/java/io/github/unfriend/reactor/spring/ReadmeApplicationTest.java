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
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;

/** The application and the webhook that README.md of this module shows, built as they stand there and started. */
class ReadmeApplicationTest {

    private static final String NAME = "UnfriendingApplication";
    private static final String TOKEN = "token-of-the-console";

    @TempDir
    private Path folder;

    private URLClassLoader classes;
    private ClassLoader usual;

    @BeforeEach
    void build() throws IOException {
        List<String> sources = Readme.blocks("java", "package com.example;");
        assertThat(sources).hasSize(2).anyMatch(source -> source.contains("class " + NAME));
        List<String> options = new ArrayList<>(List.of(
                "-Xlint:-processing",
                "-proc:none",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-d",
                folder.toString()));
        for (String source : sources) {
            Matcher name = Pattern.compile("public class (\\w+)").matcher(source);
            assertThat(name.find()).isTrue();
            options.add(Files.writeString(folder.resolve(name.group(1) + ".java"), source)
                    .toString());
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
        assertThat(result).as("result of the compiler").isZero();
        usual = Thread.currentThread().getContextClassLoader();
        classes = new URLClassLoader(new URL[] {folder.toUri().toURL()}, usual);
        Thread.currentThread().setContextClassLoader(classes);
    }

    @AfterEach
    void close() throws IOException {
        Thread.currentThread().setContextClassLoader(usual);
        classes.close();
    }

    /** With exactly the properties of README.md, and those of the test after them. */
    private ConfigurableApplicationContext start(String... more) throws ReflectiveOperationException, IOException {
        List<String> blocks = Readme.blocks("properties", "unfriend.");
        assertThat(blocks).hasSize(1);
        Properties shown = new Properties();
        shown.load(new StringReader(blocks.get(0)));
        assertThat(shown).hasSize(4);
        List<String> arguments = new ArrayList<>(List.of(
                "--UNFRIEND_SECRET_KEY=" + SandboxOptions.SECRET_KEY,
                "--UNFRIEND_WEBHOOK_TOKEN=" + TOKEN,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off"));
        arguments.addAll(List.of(more));
        SpringApplication application = new SpringApplication(classes.loadClass("com.example." + NAME));
        application.setDefaultProperties(shown);
        return application.run(arguments.toArray(String[]::new));
    }

    @Test
    void theMainReadmeShowsAPartOfIt() {
        List<String> shown = Readme.blocks("java", "@PostMapping");
        assertThat(shown).hasSize(2);
        assertThat(shown.get(1)).contains("class " + NAME).contains(shown.get(0).indent(4));
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
