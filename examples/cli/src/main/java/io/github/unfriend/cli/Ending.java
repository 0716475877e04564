/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.FatalRefusalException;
import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.HttpRefusalException;
import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.cli.output.OutputException;
import io.github.unfriend.cli.progress.Meter;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, as an exit code and in words.
 *
 * @param cause what ended it, null for the end of the input
 * @param interrupted whether somebody wanted it to end
 * @param meter where it stood then
 * @param resumable whether there is an output file to go on from
 */
record Ending(@Nullable Throwable cause, boolean interrupted, Meter meter, boolean resumable) {

    int code() {
        if (cause == null) {
            return meter.tally().notGone() == 0 ? ExitCodes.OK : ExitCodes.SOME_FAILED;
        }
        if (cause instanceof FatalRefusalException || cause instanceof HttpRefusalException) {
            return ExitCodes.FATAL;
        }
        if (cause instanceof BadInputException) {
            return ExitCodes.USAGE;
        }
        if (cause instanceof OutputException) {
            return ExitCodes.OUTPUT;
        }
        boolean stopped = cause instanceof GatewayClosedException || cause instanceof TimeoutException;
        return stopped && interrupted ? ExitCodes.INTERRUPTED : ExitCodes.SOFTWARE;
    }

    void print(PrintStream err) {
        if (code() == ExitCodes.OK) {
            return;
        }
        if (cause == null) {
            err.println("Not every account ended as wanted; its line tells why.");
        } else if (cause instanceof FatalRefusalException fatal) {
            printFatal(err, fatal);
        } else if (cause instanceof HttpRefusalException) {
            err.println(cause.getMessage());
            err.println("The run stopped; " + left());
        } else if (cause instanceof BadInputException) {
            err.println(cause.getMessage() + " All accounts before it are answered, none behind it was sent.");
        } else if (cause instanceof OutputException) {
            err.println(cause.getMessage() + ". The run stopped; " + left());
        } else if (code() == ExitCodes.INTERRUPTED) {
            err.println("Interrupted. The output is complete up to here; " + left());
        } else {
            err.println("A fault of this program: " + cause);
        }
        if (resumable) {
            err.println("The same command with --resume goes on from here.");
        }
        err.flush();
    }

    private void printFatal(PrintStream err, FatalRefusalException fatal) {
        err.println("The service refuses every call: " + fatal.errorCode().number() + ", "
                + fatal.errorCode().meaning() + ". " + fatal.errorCode().advice());
        if (!fatal.errorInfo().isBlank()) {
            err.println("Its text: " + fatal.errorInfo());
        }
        if (fatal.requestId() != null) {
            err.println("RequestId: " + fatal.requestId());
        }
        err.println("The run stopped; " + left());
    }

    private String left() {
        return meter.total() >= 0
                ? String.format(Locale.ROOT, "%,d accounts have no result.", meter.total() - meter.done())
                : "the rest of the input has no result.";
    }
}
