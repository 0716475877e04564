/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** JMH with settings that are short enough to wait for. */
@Command(
        name = "permits",
        description = "What a permit, an answer and a request cost in nanoseconds and bytes (JMH).",
        mixinStandardHelpOptions = true)
public final class PermitsCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "REGEX", description = "Which benchmarks. Default: all.")
    private List<String> include = new ArrayList<>();

    @Option(names = "--forks", defaultValue = "2", description = "JVMs for each. Default: ${DEFAULT-VALUE}.")
    private int forks;

    @Option(names = "--iterations", defaultValue = "4", description = "Measured seconds in each; ${DEFAULT-VALUE}.")
    private int iterations;

    /** For the command line. */
    public PermitsCommand() {}

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(forks)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class);
        include.forEach(options::include);
        new Runner(options.build()).run();
        return 0;
    }
}
