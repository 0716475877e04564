/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.sandbox.SandboxOptions;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor;

/** Prepared ahead of time, as for a native image, on a machine that does not know the secret key. */
@Timeout(120)
class AheadOfTimeTest extends ReadmeApplication {

    private static final String KEY = "UNFRIEND_SECRET_KEY";

    @Test
    void theSecretKeyIsNotNeededBeforeTheStart() throws Exception {
        Properties properties = shownProperties();
        properties.setProperty("server.port", "0");
        properties.setProperty("server.address", "127.0.0.1");
        try (Writer file = Files.newBufferedWriter(folder.resolve("application.properties"))) {
            properties.store(file, null);
        }
        Path sources = folder.resolve("sources"); // each is emptied before
        new SpringApplicationAotProcessor(
                        classes.loadClass(NAME),
                        AbstractAotProcessor.Settings.builder()
                                .sourceOutput(sources)
                                .resourceOutput(folder.resolve("resources"))
                                .classOutput(folder.resolve("classes"))
                                .groupId("com.example")
                                .artifactId("unfriending")
                                .build(),
                        new String[0])
                .process();
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> prepared = files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .toList();
            assertThat(prepared).anyMatch(name -> name.contains("UnfriendAutoConfiguration"));
            compile(prepared);
        }

        assertThat(output(Map.of(KEY, SandboxOptions.SECRET_KEY))).contains("Started UnfriendingApplication");
        assertThat(output(Map.of())).contains("unfriend.secret-key").doesNotContain("\tat ");
    }

    /** Of a process that uses what was prepared, until it has started or ended. */
    private String output(Map<String, String> variables) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dspring.aot.enabled=true",
                "-cp",
                folder.resolve("classes") + File.pathSeparator + classPath(),
                NAME,
                "--logging.config=" + usualLogging());
        Path log = folder.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("UNFRIEND_WEBHOOK_TOKEN", "token-of-the-console");
        builder.environment().remove(KEY); // of the machine that tests
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            while (process.isAlive() && !Files.readString(log).contains("Started")) {
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(log);
    }

    /** That of the tests shows warnings only. */
    private Path usualLogging() throws IOException {
        return Files.writeString(
                folder.resolve("logback.xml"),
                "<configuration><include resource='org/springframework/boot/logging/logback/base.xml'/></configuration>");
    }
}
