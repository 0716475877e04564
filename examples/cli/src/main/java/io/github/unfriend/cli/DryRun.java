/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.Api;
import io.github.unfriend.Friendship;
import io.github.unfriend.cli.input.AccountReader;
import io.github.unfriend.cli.input.Input;
import io.github.unfriend.cli.output.AccountSet;
import io.github.unfriend.cli.output.OutputException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Counts what a run would need, by the gateway's own rules of batching, and sends nothing. */
final class DryRun {

    private final Env env;
    private final Api api;
    private final int rate;
    private final BatchModel model = new BatchModel();
    private long accounts;
    private long invalid;
    private long repeated;
    private long doneBefore;

    DryRun(Env env, Api api, int rate) {
        this.env = env;
        this.api = api;
        this.rate = rate;
    }

    int run(Input input, AccountSet known) {
        try (AccountReader reader = input.open()) {
            Friendship next;
            while ((next = reader.next()) != null) {
                switch (known.see(next.fromAccount(), next.toAccount())) {
                    case NEW -> take(next);
                    case SEEN -> repeated++;
                    case DONE -> doneBefore++;
                }
            }
        }
        print();
        return ExitCodes.OK;
    }

    private void take(Friendship friendship) {
        accounts++;
        if (Friendship.problemWith(friendship.fromAccount()) != null
                || (api == Api.FRIEND_DELETE
                        && (Friendship.problemWith(friendship.toAccount()) != null
                                || friendship.fromAccount().equals(friendship.toAccount())))) {
            invalid++;
        } else if (api == Api.FRIEND_DELETE) {
            model.add(friendship.fromAccount());
        }
    }

    private void print() {
        long calls = api == Api.FRIEND_DELETE ? model.calls() : accounts - invalid;
        PrintStream out = new PrintStream(env.out(), false, StandardCharsets.UTF_8);
        row(out, accounts, "accounts", "");
        row(out, repeated, "skipped", "given more than once");
        row(out, doneBefore, "skipped", "done by an earlier run");
        row(out, invalid, "invalid", "would fail without a call");
        row(out, calls, "calls", "needed, if none has to be repeated");
        long fewest = model.fewest();
        if (api == Api.FRIEND_DELETE && fewest < calls) {
            row(out, fewest, "calls", "would do if the input were sorted by From_Account");
        }
        out.printf(Locale.ROOT, "At %,d calls a second they take at least %s. Nothing was sent.%n", rate, time(calls));
        if (out.checkError()) {
            throw new OutputException(new IOException("the disk is full, or the reader of the pipe has gone"));
        }
    }

    private String time(long calls) {
        // The first call leaves at once, so n calls are n - 1 distances apart.
        long seconds = Math.max(0, calls - 1) / rate;
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d h %d min", seconds / 3600, seconds / 60 % 60)
                : seconds >= 60
                        ? String.format(Locale.ROOT, "%d min %d s", seconds / 60, seconds % 60)
                        : seconds + " s";
    }

    private static void row(PrintStream out, long count, String what, String more) {
        if (count > 0 || !(what.equals("skipped") || what.equals("invalid"))) {
            out.println(String.format(Locale.ROOT, "%,14d  %-10s %s", count, what, more)
                    .stripTrailing());
        }
    }
}
