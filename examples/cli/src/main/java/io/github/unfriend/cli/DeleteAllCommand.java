/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.cli.input.AccountReader;
import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.cli.input.Input;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code unfriend delete-all}. */
@Command(
        name = "delete-all",
        description =
                "Deletes all friends of many accounts. The service does not say who they were: this cannot be undone.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nInput:%n",
        footer = {
            "  One UserID a line, UTF-8; spaces and tabs around it are left out, blank lines passed over. An account given"
                    + " twice is sent once and has one line.",
            "",
            HelpTexts.RESULTS,
            "  Here a line is about the whole friend list of \"from\" and has no \"to\".",
            "",
            HelpTexts.EXIT_CODES
        })
final class DeleteAllCommand implements Callable<Integer> {

    private final Env env;

    @Option(names = "--input", paramLabel = "FILE|-", description = "From_Accounts, one UserID a line.")
    private @Nullable String input;

    @Option(
            names = "--type",
            paramLabel = "single|both",
            defaultValue = "single",
            converter = DeleteTypes.class,
            description = "single: their own lists only; both: also from the lists of their friends (default: single).")
    private DeleteType type = DeleteType.SINGLE;

    @Option(
            names = "--yes",
            description = "Start without asking (default: asks on a terminal, and refuses where there is none).")
    private boolean yes;

    @Option(names = "--dry-run", description = "Count the calls needed and the shortest time; sends nothing.")
    private boolean dryRun;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    DeleteAllCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() {
        if (input == null) {
            throw new BadInputException("Say whose friend lists: --input FILE, or - for the standard input.");
        }
        Input accounts = Input.ids(input, env.in(), id -> new Friendship(id, AccountReader.NONE));
        Job job = new Job(env, Api.FRIEND_DELETE_ALL, type, output, service);
        if (dryRun) {
            return job.dryRun(accounts);
        }
        return yes ? job.run(accounts) : job.askAndRun(accounts);
    }
}
