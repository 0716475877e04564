/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Another JVM that runs one command of this program and reports to this one by lines on its stdout. */
public final class ChildProcess implements AutoCloseable {

    private static final String GONE = "GONE";

    private final String name;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
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
     * @param verbose whether what it prints on stderr is shown
     * @return the process; to be closed
     */
    public static ChildProcess start(List<String> before, List<String> jvm, List<String> command, boolean verbose) {
        return new ChildProcess(command.get(0), Children.start(Children.jvm(before, jvm, command), verbose));
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

    /**
     * Waits for a line that begins with a word; lines before it are passed over.
     *
     * @param word the first word of the line, or its first words
     * @param patience how long to wait
     * @return the rest of the line
     * @throws InterruptedException if this thread is interrupted
     */
    public String await(String word, Duration patience) throws InterruptedException {
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

    /**
     * A way to send it signals.
     *
     * @return to be closed by the caller
     * @throws IOException if there is no shell
     */
    public Signals signals() throws IOException {
        return Signals.to(process);
    }

    /**
     * Tells it, by a line on its stdin, that the run is over.
     *
     * @throws IOException if it has ended
     */
    public void stop() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    @Override
    public void close() {
        Children.end(process);
    }
}
