/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import io.github.unfriend.benchmarks.judge.Judge;
import io.github.unfriend.benchmarks.process.Children;
import io.github.unfriend.benchmarks.process.Priority;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a streamed answer as fast as it comes, in a process of its own that passes it on: curl, or a JVM where there is
 * none. Counts the lines.
 */
final class AnswerReader implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Process process;
    private final LineRate lines = new LineRate();
    private volatile boolean ended;

    private AnswerReader(Process process) {
        this.process = process;
        Thread thread = new Thread(this::read, "counts lines");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Requests the answer.
     *
     * @param url where it comes from
     * @param seconds how long the process may live
     */
    static AnswerReader start(Priority priority, String url, int seconds, boolean verbose) {
        String most = Integer.toString(seconds);
        List<String> command = hasCurl()
                // -q: no settings of the user's
                ? Stream.concat(
                                priority.prefix().stream(),
                                Stream.of("curl", "-q", "-sS", "-X", "POST", "--noproxy", "*", "--max-time", most, url))
                        .toList()
                : Children.jvm(
                        priority.prefix(),
                        List.of("-Xmx64m"),
                        List.of("demand-reader", "--url", url, "--seconds", most));
        return new AnswerReader(Children.start(command, verbose));
    }

    private static boolean hasCurl() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "curl")));
    }

    private void read() {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = process.getInputStream()) {
            int length;
            while ((length = in.read(buffer)) >= 0) {
                lines.add(System.nanoTime(), buffer, length);
            }
        } catch (IOException killed) {
            // as if it had ended by itself
        }
        ended = true;
    }

    /** Waits for the first line. */
    void awaitFirst() throws InterruptedException {
        long end = System.nanoTime() + Judge.START.toNanos();
        while (lines.isEmpty()) {
            if (ended || System.nanoTime() - end > 0) {
                throw new IllegalStateException("The application answered nothing; --verbose shows what it printed.");
            }
            Thread.sleep(1);
        }
    }

    /**
     * Lines a second so far.
     *
     * @param from nanoseconds from the first line on
     * @param to nanoseconds from the first line on
     * @throws IllegalStateException if the answer has ended
     */
    double rate(long from, long to) {
        if (ended) {
            throw new IllegalStateException("The answer, which has no end, ended.");
        }
        return lines.rate(from, to);
    }

    @Override
    public void close() {
        Children.end(process);
    }
}
