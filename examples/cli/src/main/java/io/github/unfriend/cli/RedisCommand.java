/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code unfriend redis}: what is shared over Redis. */
@Command(
        name = "redis",
        description = "Looks at the quota that processes share over Redis.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RedisCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private RedisCommand() {}

    static CommandLine with(Env env) {
        return new CommandLine(new RedisCommand()).addSubcommand("status", new RedisStatusCommand(env));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: unfriend redis status.");
    }
}
