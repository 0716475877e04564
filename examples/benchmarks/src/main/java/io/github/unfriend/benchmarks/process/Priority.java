/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets a process run before others where the machine permits it. For the judge above all: a judge that has to wait for a
 * core writes down late, and close together, what came in time.
 */
public enum Priority {
    /** Like everybody else. */
    NORMAL(List.of()),
    /**
     * A far larger share than everybody but the judge has. Not the judge's way: there the threads of one client, which
     * is busy compiling itself, would take turns of 100 ms.
     */
    CLIENT(List.of(
            List.of("setsid", "sh", "-c", "echo -19 > /proc/self/autogroup && exec \"$@\"", "sh"),
            List.of("nice", "-n", "-10"))),
    /** Before everybody. */
    JUDGE(List.of(List.of("chrt", "-r", "1"), List.of("nice", "-n", "-15")));

    private static final long PATIENCE_SECONDS = 5;

    @SuppressWarnings("ImmutableEnumChecker") // an immutable list
    private final List<String> prefix;

    Priority(List<List<String>> ways) {
        this.prefix = ways.stream().filter(Priority::works).findFirst().orElse(List.of());
    }

    /**
     * What to write before a command.
     *
     * @return empty where there is no way
     */
    public List<String> prefix() {
        return prefix;
    }

    private static boolean works(List<String> way) {
        try {
            Process process = new ProcessBuilder(
                            Stream.concat(way.stream(), Stream.of("true")).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
