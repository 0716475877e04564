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
    private static final int NARROWEST = 20;

    /** The same, with a standard error that no text of others can steer. */
    Env escaping() {
        return new Env(in, out, new EscapingStream(err), variables, terminal, interruption);
    }

    /** How to show progress when results go to a place. */
    Progress.Style progressStyle(boolean quiet, boolean resultsToStandardOutput) {
        if (quiet) {
            return Progress.Style.NONE;
        }
        boolean drawOver = terminal.isTerminal(Terminal.ERR)
                && !"dumb".equals(variables.apply("TERM"))
                && !(resultsToStandardOutput && terminal.isTerminal(Terminal.OUT));
        return drawOver ? Progress.Style.BAR : Progress.Style.LINES;
    }

    /** The width of the terminal: what COLUMNS says, or the terminal itself. Default: 80. */
    int columns() {
        String columns = variables.apply("COLUMNS");
        int wide = columns != null && columns.matches("\\d{1,4}") ? Integer.parseInt(columns) : terminal.columns();
        return wide > 0 ? Math.max(NARROWEST, wide) : COLUMNS;
    }
}
