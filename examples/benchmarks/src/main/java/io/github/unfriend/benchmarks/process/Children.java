/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.process;

import io.github.unfriend.benchmarks.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes that this one has started. Those that still run are killed, by their handle, when this JVM ends. */
public final class Children {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private Children() {}

    /**
     * Starts a process.
     *
     * @param command the program and its arguments
     * @param verbose whether what it prints on stderr is shown, instead of discarded
     * @return the process; to be given to {@link #end}
     */
    public static Process start(List<String> command, boolean verbose) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(verbose ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD)
                    .start();
            RUNNING.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.get(0), e);
        }
    }

    /**
     * The command line of a JVM that runs one command of this program.
     *
     * @param before what stands before {@code java}, such as {@code nice}
     * @param jvm options of the JVM
     * @param command the command of this program, its name first
     * @return the program and its arguments
     */
    public static List<String> jvm(List<String> before, List<String> jvm, List<String> command) {
        List<String> line = new ArrayList<>(before);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvm);
        line.add("-cp");
        line.add(System.getProperty("java.class.path"));
        line.add(Main.class.getName());
        line.addAll(command);
        return line;
    }

    /**
     * Kills a process if it still runs.
     *
     * @param process one that {@link #start} gave
     */
    public static void end(Process process) {
        process.destroyForcibly();
        RUNNING.remove(process);
    }
}
