/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.pacing;

import io.github.unfriend.benchmarks.process.Deadline;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Keeps one core busy for some time; started by the runner. */
@Command(name = "spin", hidden = true)
public final class SpinCommand implements Callable<Integer> {

    @Option(names = "--seconds", required = true)
    private int seconds;

    /** For the command line. */
    public SpinCommand() {}

    @Override
    public Integer call() {
        Deadline.in(Duration.ofSeconds(seconds));
        System.out.println("SPINNING");
        long turns = 0;
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() - end < 0) {
            turns++;
        }
        System.out.println("TURNS " + turns);
        return 0;
    }
}
