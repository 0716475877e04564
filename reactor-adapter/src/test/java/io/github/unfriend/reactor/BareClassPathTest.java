/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Sandbox;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Micrometer and Spring are optional: a gateway works in a JVM that has neither. */
class BareClassPathTest {

    @Test
    void aGatewayNeedsNeitherMicrometerNorSpring() throws IOException, InterruptedException {
        assertThat(outputOf(PlainUser.class, "micrometer", "context-propagation", "spring"))
                .contains("DELETED without Micrometer and Spring")
                .doesNotContain("NoClassDefFound");
    }

    /** Spring brings the observations along, but not the meters. */
    @Test
    void observationsNeedNoMeters() throws IOException, InterruptedException {
        assertThat(outputOf(Observer.class, "micrometer-core", "micrometer-registry"))
                .contains("DELETED observed without Meters")
                .doesNotContain("NoClassDefFound");
    }

    /** Runs a class in a JVM of its own, whose class path leaves some jars out. */
    private static String outputOf(Class<?> main, String... without) throws IOException, InterruptedException {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String bare = Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> Arrays.stream(without)
                        .noneMatch(Path.of(entry).getFileName().toString()::contains))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(bare).isNotEqualTo(all);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", bare, main.getName())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return output;
        } finally {
            child.destroyForcibly();
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
    }

    /** An application with handlers of its own, which trace for example. */
    static final class Observer {

        private Observer() {}

        public static void main(String[] args) {
            Queue<String> observed = new ConcurrentLinkedQueue<>();
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig().observationHandler(new ObservationTextPublisher(observed::add));
            try (Sandbox sandbox = Sandbox.start()) {
                sandbox.friends().befriend("alice", "bob");
                FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
                        .observationRegistry(registry)
                        .build();
                List<ResultItem> results =
                        Sandboxes.await(gateway.delete("alice", DeleteType.SINGLE, Flux.just("bob")));
                System.out.println(results.get(0).outcome() + (observed.isEmpty() ? " not" : "") + " observed without "
                        + missing("Meters", "io.micrometer.core.instrument.MeterRegistry"));
                gateway.dispose();
            }
        }
    }
}
