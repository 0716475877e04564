/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.cli.progress.Progress;
import io.github.unfriend.cli.progress.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything the command takes from its surroundings, so that it can run inside another program as well.
 *
 * @param in the standard input
 * @param out the standard output; every write goes out at once
 * @param err the standard error
 * @param variables the environment variables
 * @param terminal what the standard streams are connected to
 * @param interruption Ctrl-C
 */
record Env(
        InputStream in,
        OutputStream out,
        PrintStream err,
        Function<String, @Nullable String> variables,
        Terminal terminal,
        Interruption interruption) {

    private static final int COLUMNS = 80;

    /** How to show progress when results go to a place. */
    Progress.Style progressStyle(boolean quiet, boolean resultsToStandardOutput) {
        if (quiet) {
            return Progress.Style.NONE;
        }
        boolean drawOver = terminal.isTerminal(Terminal.ERR)
                && !"dumb".equals(variables.apply("TERM"))
                && variables.apply("NO_COLOR") == null
                && !(resultsToStandardOutput && terminal.isTerminal(Terminal.OUT));
        return drawOver ? Progress.Style.BAR : Progress.Style.LINES;
    }

    /** The width of the terminal. Default: 80, if the shell does not set it. */
    int columns() {
        String columns = variables.apply("COLUMNS");
        try {
            return columns == null ? COLUMNS : Math.max(20, Integer.parseInt(columns));
        } catch (NumberFormatException e) {
            return COLUMNS;
        }
    }
}
