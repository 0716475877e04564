/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.progress;

import io.github.unfriend.ErrorCategory;
import io.github.unfriend.ErrorCode;
import io.github.unfriend.Outcome;
import io.github.unfriend.cli.output.ResultLine;
import io.github.unfriend.cli.output.Tally;
import java.io.PrintStream;
import java.util.Locale;

/**
 * What a run came to.
 *
 * @param tally its results
 * @param doneBefore accounts skipped since an earlier run had done them, each once
 * @param repeated duplicates in the input, skipped
 * @param calls calls that left
 * @param nanos how long it took
 */
public record Summary(Tally tally, long doneBefore, long repeated, long calls, long nanos) {

    /**
     * Prints it.
     *
     * @param out where to
     */
    public void print(PrintStream out) {
        double seconds = nanos / 1e9;
        out.printf(
                Locale.ROOT,
                "Answered: %,d accounts in %.1f s, with %,d calls (%.0f a second).%n",
                tally.answered(),
                seconds,
                calls,
                calls / Math.max(seconds, 1e-3));
        for (Outcome outcome : Outcome.values()) {
            row(out, tally.of(outcome), ResultLine.name(outcome), "");
        }
        if (doneBefore > 0) {
            row(out, doneBefore, "skipped", "done by an earlier run");
        }
        if (repeated > 0) {
            row(out, repeated, "skipped", "given more than once");
        }
        tally.codes().forEach((number, count) -> {
            ErrorCode code = ErrorCode.of(number);
            if (code.category() != ErrorCategory.SUCCESS) {
                // The number of a code of the library itself says nothing to a reader.
                String what = code.category() == ErrorCategory.LOCAL ? "local" : "code " + number;
                row(out, count, what, code.meaning() + ". " + code.advice());
            }
        });
        out.flush();
    }

    private static void row(PrintStream out, long count, String what, String more) {
        out.println(
                String.format(Locale.ROOT, "%,14d  %-12s %s", count, what, more).stripTrailing());
    }
}
