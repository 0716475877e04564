/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Micrometer and Spring are optional: a gateway works in a JVM that has neither. */
class BareClassPathTest {

    @Test
    void aGatewayNeedsNeitherMicrometerNorSpring() throws IOException, InterruptedException {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String bare = Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.contains("micrometer") && !entry.contains("context-propagation"))
                .filter(entry -> !entry.contains("spring"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(bare).isNotEqualTo(all);

        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        bare,
                        PlainUser.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("DELETED without Micrometer and Spring").doesNotContain("NoClassDefFound");
        } finally {
            child.destroyForcibly();
        }
    }

    /** An application that never heard of either. */
    static final class PlainUser {

        private PlainUser() {}

        public static void main(String[] args) {
            try (Sandbox sandbox = Sandbox.start()) {
                sandbox.friends().befriend("alice", "bob");
                FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();
                List<ResultItem> results =
                        Objects.requireNonNull(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob"))
                                .collectList()
                                .block());
                System.out.println(results.get(0).outcome() + " without "
                        + missing("Micrometer", "io.micrometer.core.instrument.MeterRegistry") + " and "
                        + missing("Spring", "org.springframework.context.ApplicationContext"));
                gateway.dispose();
            }
        }

        private static String missing(String name, String type) {
            try {
                Class.forName(type);
                return "not even missing " + name;
            } catch (ClassNotFoundException expected) {
                return name;
            }
        }
    }
}
