/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a subcommand: lists the subcommands. */
@Command(
        name = "unfriend",
        description =
                "Deletes friendships of Tencent Chat in bulk: paced, repeated where it helps, with a line for every"
                        + " account, and resumable.",
        mixinStandardHelpOptions = true,
        versionProvider = UnfriendCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class UnfriendCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say what to do: delete, delete-all, sandbox, redis, usersig or demo.");
    }

    /** The version the jar was built with. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = UnfriendCommand.class.getPackage().getImplementationVersion();
            return new String[] {"unfriend " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
