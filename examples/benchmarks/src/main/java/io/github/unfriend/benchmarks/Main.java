/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks;

import io.github.unfriend.benchmarks.demand.DemandClientCommand;
import io.github.unfriend.benchmarks.demand.DemandCommand;
import io.github.unfriend.benchmarks.demand.DemandReaderCommand;
import io.github.unfriend.benchmarks.demand.SinglesCommand;
import io.github.unfriend.benchmarks.judge.JudgeCommand;
import io.github.unfriend.benchmarks.lease.LeaseClientCommand;
import io.github.unfriend.benchmarks.lease.LeaseCommand;
import io.github.unfriend.benchmarks.micro.PermitsCommand;
import io.github.unfriend.benchmarks.pacing.ClientCommand;
import io.github.unfriend.benchmarks.pacing.PacingCommand;
import io.github.unfriend.benchmarks.pacing.SpinCommand;
import io.github.unfriend.benchmarks.soak.SoakCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where the benchmarks begin. */
@Command(
        name = "benchmarks",
        description = "What pacing costs and what it is worth.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PacingCommand.class,
            DemandCommand.class,
            SinglesCommand.class,
            PermitsCommand.class,
            JudgeCommand.class,
            ClientCommand.class,
            SpinCommand.class,
            DemandClientCommand.class,
            DemandReaderCommand.class,
            SoakCommand.class,
            LeaseCommand.class,
            LeaseClientCommand.class
        })
public final class Main {

    /** For the command line. */
    public Main() {}

    /**
     * Runs a command and ends the JVM with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }
}
