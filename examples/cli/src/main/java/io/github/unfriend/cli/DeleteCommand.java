/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.cli.input.Input;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code unfriend delete}. */
@Command(
        name = "delete",
        description = "Deletes friends of one account, or friendships of any accounts.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nInput:%n",
        footer = {
            "  --input: one UserID a line, UTF-8; spaces and tabs around it are left out.",
            "  --pairs: From_Account,To_Account a line, in any order (sorted by From_Account needs the fewest calls). CSV as in"
                    + " RFC 4180, where spaces around a field count only inside quotes and a header"
                    + " From_Account,To_Account is passed over; or, if the first character is {, one JSON object a line"
                    + " with the members from and to, such as the failed lines of an earlier output.",
            "  Blank lines are passed over. An account given twice is sent once and has one line. A file is read through"
                    + " before anything is sent, and a malformed line stops it there (exit code 2); a stream (-) is sent as"
                    + " it comes, so a"
                    + " malformed line ends it: all accounts before that line are answered, none behind it is sent (exit"
                    + " code 2). An empty or over-long UserID is no malformed line but fails alone.",
            "",
            HelpTexts.RESULTS,
            "",
            HelpTexts.EXIT_CODES
        })
final class DeleteCommand implements Callable<Integer> {

    private final Env env;

    @Option(names = "--from", paramLabel = "ID", description = "From_Account: whose friends are deleted.")
    private @Nullable String from;

    @Option(names = "--input", paramLabel = "FILE|-", description = "With --from: the friends, one UserID a line.")
    private @Nullable String input;

    @Option(names = "--pairs", paramLabel = "FILE|-", description = "Friendships, From_Account,To_Account a line.")
    private @Nullable String pairs;

    @Option(
            names = "--type",
            paramLabel = "single|both",
            defaultValue = "single",
            converter = DeleteTypes.class,
            description = "single: from the list of From_Account only; both: from both lists (default: single).")
    private DeleteType type = DeleteType.SINGLE;

    @Option(names = "--dry-run", description = "Count the calls needed and the shortest time; sends nothing.")
    private boolean dryRun;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    DeleteCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() {
        Job job = new Job(env, Api.FRIEND_DELETE, type, output, service);
        return dryRun ? job.dryRun(input()) : job.run(input());
    }

    private Input input() {
        if (pairs != null) {
            if (from != null || input != null) {
                throw new BadInputException("Say either --from ID --input FILE, or --pairs FILE.");
            }
            return Input.pairs(pairs, env.in());
        }
        if (from == null || input == null) {
            throw new BadInputException("Say whose friends and which: --from ID --input FILE; or --pairs FILE.");
        }
        String problem = Friendship.problemWith(from);
        if (problem != null) {
            throw new BadInputException("--from is no account: " + problem + ".");
        }
        String fromAccount = from;
        return Input.ids(input, env.in(), toAccount -> new Friendship(fromAccount, toAccount));
    }
}
