/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.sandbox.Api;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.Score;
import java.io.PrintStream;
import java.util.Locale;

/** What the demo came to: the lines on one side, what the server saw on the other. */
record Verdict(Sandbox sandbox, LineCheck lines, long total, int limit) {

    /** Prints it and returns the exit code. */
    int print(PrintStream out) {
        Score score = sandbox.score();
        int most = score.mostInAnySecond(Api.FRIEND_DELETE);
        boolean good = row(out, lines.accounts(), total, "accounts answered", lines.accounts() == total);
        good &= row(out, lines.repeated(), 0, "answered twice", lines.repeated() == 0);
        good &= row(out, lines.deleted(), total, "of them deleted", lines.deleted() == total);
        long left = sandbox.friends().total();
        good &= row(out, left, 0, "friendships left on the server", left == 0);
        good &= row(out, most, limit, "calls in the busiest second, as the server counted", most <= limit);
        good &= row(out, score.violationCount(), 0, "violations of the protocol", score.violationCount() == 0);
        out.printf(Locale.ROOT, "%,14d                 calls%n", score.calls());
        out.println(good ? "Every promise kept." : "A promise was broken.");
        return good ? ExitCodes.OK : ExitCodes.SOME_FAILED;
    }

    private static boolean row(PrintStream out, long is, long wanted, String what, boolean good) {
        out.printf(Locale.ROOT, "%,14d of %,11d  %s%s%n", is, wanted, what, good ? "" : "   <-- broken");
        return good;
    }
}
