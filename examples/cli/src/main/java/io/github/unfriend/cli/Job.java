/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.cli.input.Input;
import io.github.unfriend.cli.output.AccountSet;
import io.github.unfriend.cli.output.OutputMode;
import io.github.unfriend.cli.output.ResultFile;
import io.github.unfriend.cli.progress.Terminal;
import io.github.unfriend.reactor.FriendGateway;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A deletion from input to output. Everything that can be wrong is checked before the first call, cheap checks first.
 */
record Job(Env env, Api api, DeleteType type, OutputOptions output, ServiceOptions service) {

    private static final double MUCH_WORSE = 1.5;

    int run(Input input) {
        return run(input, false);
    }

    /** Asks a human first; sends nothing if there is none. */
    int askAndRun(Input input) {
        return run(input, true);
    }

    private int run(Input input, boolean ask) {
        OutputMode mode = checkAll(input);
        Path file = output.file();
        FriendGateway gateway = service.gateway(env);
        try {
            long total = checked(input, mode);
            if (ask && !confirmed(total)) {
                env.err().println("Nothing was sent.");
                return ExitCodes.USAGE;
            }
            if (file == null) {
                return run(input, total, gateway, env.out(), new AccountSet());
            }
            try (ResultFile results = ResultFile.open(file, mode)) {
                facts().keepBeside(file, mode, env.err());
                return run(input, total, gateway, results.stream(), done(results, mode));
            }
        } finally {
            gateway.dispose();
            gateway.pacer().dispose();
        }
    }

    private int run(Input input, long total, FriendGateway gateway, OutputStream out, AccountSet accounts) {
        Deletion deletion = new Deletion(env, api, type, gateway, accounts);
        return deletion.run(
                input,
                total,
                out,
                new Deletion.Manner(
                        service.callTimeout(),
                        env.progressStyle(output.quiet(), output.file() == null),
                        output.quiet(),
                        output.file() != null));
    }

    /** Reads a file through; tells whether another order would save many calls. */
    private long checked(Input input, OutputMode mode) {
        BatchModel model = new BatchModel();
        long total;
        try {
            total = input.check(friendship -> model.add(friendship.fromAccount()));
        } catch (BadInputException e) {
            throw new BadInputException(e.getMessage() + " Nothing was sent.", e);
        }
        // What an earlier run has done is not known yet, so that a resumed run has no such count.
        boolean hint = api == Api.FRIEND_DELETE && mode != OutputMode.RESUME && !output.quiet();
        if (hint && model.calls() > MUCH_WORSE * model.fewest()) {
            env.err()
                    .printf(
                            Locale.ROOT,
                            "The friendships are in such disorder that about %,d calls are needed. Sorted by From_Account, with: sort"
                                    + " FILE | unfriend delete --pairs - ..., %,d would do.%n",
                            model.calls(),
                            model.fewest());
        }
        return total;
    }

    int dryRun(Input input) {
        OutputMode mode = checkAll(input);
        AccountSet accounts = new AccountSet();
        Path file = output.file();
        if (mode == OutputMode.RESUME && file != null && Files.exists(file)) {
            facts().compareWith(file);
            ResultFile.readDone(file, accounts, api == Api.FRIEND_DELETE);
        }
        return new DryRun(env, api, service.rate()).run(input, accounts);
    }

    private OutputMode checkAll(Input input) {
        service.check();
        OutputMode mode = output.mode();
        Path file = output.file();
        if (file != null) {
            ResultFile.check(file, mode);
            if (ResultFile.same(input.file(), file)) {
                throw new BadInputException("Input and output are the same file.");
            }
        }
        return mode;
    }

    private AccountSet done(ResultFile results, OutputMode mode) {
        AccountSet accounts = new AccountSet();
        if (mode == OutputMode.RESUME) {
            long done = results.readBack(accounts, api == Api.FRIEND_DELETE);
            if (!output.quiet()) {
                env.err().printf(Locale.ROOT, "Resuming: %,d accounts are done already.%n", done);
            }
        }
        return accounts;
    }

    private RunFacts facts() {
        return new RunFacts(
                api.command(),
                type.name().toLowerCase(Locale.ROOT),
                service.key().sdkAppId() == null
                        ? ""
                        : String.valueOf(service.key().sdkAppId()),
                service.key().admin(),
                service.place());
    }

    private boolean confirmed(long total) {
        if (!env.terminal().isTerminal(Terminal.IN)) {
            env.err().println("This deletes all friends of many accounts, and nobody can be asked here: say --yes.");
            return false;
        }
        env.err()
                .printf(
                        Locale.ROOT,
                        "This deletes ALL friends of %s, %s. It cannot be undone. Go on? [y/N] ",
                        total < 0 ? "every account in the input" : String.format(Locale.ROOT, "%,d accounts", total),
                        type == DeleteType.BOTH ? "and them from their friends' lists" : "from their own lists only");
        env.err().flush();
        @Nullable String answer = env.terminal().readLine();
        return answer != null
                && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    }
}
