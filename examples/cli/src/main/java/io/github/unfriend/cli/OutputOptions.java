/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.cli.output.OutputMode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results go. */
final class OutputOptions {

    @Option(
            names = "--output",
            paramLabel = "FILE|-",
            defaultValue = "-",
            description = "Where results go, one JSON object a line (default: -, the standard output).")
    private String output = "-";

    @Option(
            names = "--resume",
            description =
                    "Continue a run from its output: accounts with a deleted or not_friends line there are skipped,"
                            + " a torn last line is cut off, new lines are appended. Starts anew if there is no such file.")
    private boolean resume;

    @Option(names = "--overwrite", description = "Replace the output file if there is one.")
    private boolean overwrite;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress and no summary, messages about trouble only.")
    private boolean quiet;

    OutputMode mode() {
        if (resume && overwrite) {
            throw new BadInputException("Say either --resume or --overwrite, not both.");
        }
        if (resume && output.equals("-")) {
            throw new BadInputException("--resume reads the output of the run before: say which file, --output FILE.");
        }
        return resume ? OutputMode.RESUME : overwrite ? OutputMode.OVERWRITE : OutputMode.NEW;
    }

    /** The file, or null for the standard output. */
    @Nullable
    Path file() {
        if (output.equals("-")) {
            return null;
        }
        try {
            return Path.of(output);
        } catch (InvalidPathException e) {
            throw new BadInputException("'" + output + "' is no path of a file.", e);
        }
    }

    boolean quiet() {
        return quiet;
    }
}
