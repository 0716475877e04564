/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/**
 * How many bytes a stream allocates for each account, the strings of its caller aside. Bytes can be repeated, unlike time:
 * a change that takes 10 % more than what is written down here fails. In a JVM of its own without guards, and without
 * the optimizing compiler, which leaves out what it can see through.
 */
class AllocationTest {

    /** Measured on 2026-11-27; to be lowered when it is less. */
    private static final int BYTES_PER_ACCOUNT = 487;

    @Test
    void isNotMoreThanItWas() throws IOException, InterruptedException {
        int bytes = measured();
        assertThat(bytes).isBetween(BYTES_PER_ACCOUNT * 8 / 10, BYTES_PER_ACCOUNT * 11 / 10);
    }

    private static int measured() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dio.netty.leakDetection.level=disabled",
                        "-Dlogback.configurationFile=no-logs.xml",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            Matcher figure = Pattern.compile("bytes per account: (\\d+)").matcher(output);
            assertThat(figure.find()).as(output).isTrue();
            return Integer.parseInt(figure.group(1));
        } finally {
            child.destroyForcibly();
        }
    }

    /** A mixed stream of calls with 1,000 accounts each, unpaced. */
    static final class Main {

        private static final int OWNERS = 20;
        private static final int FRIENDS = 10_000;
        private static final int ROUNDS = 6;

        private Main() {}

        public static void main(String[] args) {
            List<Friendship> pairs = IntStream.range(0, OWNERS * FRIENDS)
                    .mapToObj(i -> new Friendship(
                            FriendLists.name("owner-", i % OWNERS), FriendLists.name("friend-", i / OWNERS)))
                    .toList();
            try (Sandbox sandbox = Sandbox.start()) {
                FriendGateway gateway =
                        Sandboxes.gatewayTo(sandbox).pacer(Pacer.unpaced()).build();
                long least = Long.MAX_VALUE;
                for (int i = 0; i < ROUNDS; i++) {
                    sandbox.friends().generate(OWNERS, FRIENDS);
                    long before = allocated();
                    run(gateway, pairs);
                    least = Math.min(least, (allocated() - before) / pairs.size());
                }
                System.out.println("bytes per account: " + least);
                gateway.dispose();
            }
        }

        private static void run(FriendGateway gateway, List<Friendship> pairs) {
            Long results = gateway.delete(DeleteType.SINGLE, Flux.fromIterable(pairs))
                    .filter(item -> item.outcome() == Outcome.DELETED)
                    .count()
                    .block();
            if (results == null || results != pairs.size()) {
                throw new IllegalStateException("results: " + results);
            }
        }

        /** By all threads but those of the sandbox; those of the gateway live as long as it. */
        private static long allocated() {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long sum = 0;
            for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
                if (thread != null && !thread.getThreadName().startsWith("sandbox")) {
                    sum += threads.getThreadAllocatedBytes(thread.getThreadId());
                }
            }
            return sum;
        }
    }
}
