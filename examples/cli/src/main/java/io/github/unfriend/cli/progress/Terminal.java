/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.progress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the standard streams are connected to. Some JDK versions can only tell for stdin and stdout together. */
public interface Terminal {

    /** The number of the standard input. */
    int IN = 0;

    /** The number of the standard output. */
    int OUT = 1;

    /** The number of the standard error. */
    int ERR = 2;

    /**
     * Whether a standard stream is a terminal.
     *
     * @param stream {@link #IN}, {@link #OUT} or {@link #ERR}
     * @return true when a human may be there
     */
    boolean isTerminal(int stream);

    /**
     * Reads a line from the terminal itself, whatever the standard input is.
     *
     * @return null when there is no terminal or it was closed
     */
    @Nullable
    String readLine();

    /**
     * How wide the terminal is.
     *
     * @return in characters; 0 if it is not known, or there is none
     */
    int columns();

    /**
     * The real one.
     *
     * @return asks the system
     */
    static Terminal system() {
        return new SystemTerminal();
    }

    /**
     * No terminal anywhere.
     *
     * @return for tests and pipes
     */
    static Terminal none() {
        return new Terminal() {
            @Override
            public boolean isTerminal(int stream) {
                return false;
            }

            @Override
            public @Nullable String readLine() {
                return null;
            }

            @Override
            public int columns() {
                return 0;
            }
        };
    }

    /** Asks the system. */
    @SuppressWarnings(
            "SystemConsoleNull") // asked on Windows only; where it is never null, a question is asked once too often
    final class SystemTerminal implements Terminal {

        private static final Path TTY = Path.of("/dev/tty");

        private SystemTerminal() {}

        @Override
        public boolean isTerminal(int stream) {
            try {
                Path link = Path.of("/proc/self/fd/" + stream);
                if (Files.isSymbolicLink(link)) { // Linux
                    String target = Files.readSymbolicLink(link).toString();
                    return target.startsWith("/dev/pts/")
                            || target.startsWith("/dev/tty")
                            || target.equals("/dev/console");
                }
                if (Files.exists(TTY)) { // other Unix
                    return new ProcessBuilder("sh", "-c", "test -t " + stream)
                                    .inheritIO()
                                    .start()
                                    .waitFor()
                            == 0;
                }
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            return System.console() != null;
        }

        @Override
        public @Nullable String readLine() {
            if (Files.exists(TTY)) {
                try (BufferedReader reader = new BufferedReader(
                        new InputStreamReader(Files.newInputStream(TTY), Charset.defaultCharset()))) {
                    return reader.readLine();
                } catch (IOException e) {
                    return null; // no terminal controls this process
                }
            }
            return System.console() == null ? null : System.console().readLine();
        }

        /** {@code stty} is part of POSIX; Java cannot ask. It prints the lines and the columns. */
        @Override
        public int columns() {
            if (!Files.exists(TTY)) {
                return 0;
            }
            try {
                Process stty = new ProcessBuilder("stty", "size")
                        .redirectInput(TTY.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
                return size.matches("\\d{1,4} \\d{1,4}") ? Integer.parseInt(size.split(" ", -1)[1]) : 0;
            } catch (IOException e) {
                return 0; // no terminal controls this process, or there is no stty
            }
        }
    }
}
