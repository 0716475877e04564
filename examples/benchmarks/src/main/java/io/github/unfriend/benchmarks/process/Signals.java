/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.process;

import java.io.BufferedWriter;
import java.io.IOException;

/**
 * Sends signals to another process through a shell that stands ready: starting a {@code kill} for each would come some
 * milliseconds late, each time others, and take a core from those who are measured.
 */
public final class Signals implements AutoCloseable {

    private final long target;
    private final Process shell;
    private final BufferedWriter commands;

    private Signals(long target, Process shell) {
        this.target = target;
        this.shell = shell;
        this.commands = shell.outputWriter();
    }

    /** Starts the shell. */
    static Signals to(Process target) throws IOException {
        Process shell = new ProcessBuilder("sh")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Signals(target.pid(), shell);
    }

    /**
     * Sends a signal; it arrives shortly after.
     *
     * @param name such as {@code STOP}
     * @throws IOException if the shell has ended
     */
    public void send(String name) throws IOException {
        commands.write("kill -" + name + " " + target + "\n"); // built into every shell
        commands.flush();
    }

    @Override
    public void close() {
        shell.destroy();
    }
}
