/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.benchmarks.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Another JVM that runs one command of this program, and is killed by its number at the latest when this one ends. */
final class ChildProcess implements AutoCloseable {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final String GONE = "GONE";

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        RUNNING.add(process);
        Thread reader = new Thread(this::read, "reads " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a JVM.
     *
     * @param before what stands before {@code java}, such as {@code nice}
     * @param jvm options of the JVM
     * @param command the command of this program, its name first
     */
    static ChildProcess start(List<String> before, List<String> jvm, List<String> command, boolean verbose) {
        List<String> line = new ArrayList<>(before);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvm);
        line.add("-cp");
        line.add(System.getProperty("java.class.path"));
        line.add(Main.class.getName());
        line.addAll(command);
        try {
            return new ChildProcess(
                    command.get(0),
                    new ProcessBuilder(line)
                            .redirectError(verbose ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + line.get(0), e);
        }
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = in.readLine()) != null) {
                lines.add(line);
            }
        } catch (IOException killed) {
            // as if it had ended by itself
        }
        lines.add(GONE);
    }

    /** Waits for a line that begins with a word and gives back the rest of it; lines before it are passed over. */
    String await(String word, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            String line = lines.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IllegalStateException("The " + name + " said no " + word + " within " + patience + ".");
            }
            if (line.equals(GONE)) {
                lines.add(GONE);
                throw new IllegalStateException(
                        "The " + name + " ended before it said " + word + "; --verbose shows what it printed.");
            }
            if (line.equals(word) || line.startsWith(word + " ")) {
                return line.substring(word.length()).strip();
            }
        }
    }

    /** A way to send it signals; for whoever asks to close. */
    Signals signals() throws IOException {
        return Signals.to(process);
    }

    /** Tells it, by a line on its stdin, that the run is over. */
    void stop() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        RUNNING.remove(process);
    }
}
