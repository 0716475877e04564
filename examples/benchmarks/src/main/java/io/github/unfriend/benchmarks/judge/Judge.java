/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import io.github.unfriend.Api;
import io.github.unfriend.benchmarks.process.ChildProcess;
import io.github.unfriend.benchmarks.process.Priority;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A {@link JudgeCommand} in a process of its own, as its parent sees it. One judge serves one run. */
public final class Judge implements AutoCloseable {

    /** How long processes may take to start, and the first call to arrive. */
    public static final Duration START = Duration.ofSeconds(30);

    /** How long a process may take to answer when the run is over. */
    public static final Duration FAREWELL = Duration.ofSeconds(10);

    /**
     * Memory for a run without garbage collection, and no optimizing compiler: at the judge's priority it made clients
     * stand still for up to 60 ms.
     */
    private static final List<String> JVM = List.of(
            "-Xms2g", "-Xmx2g", "-Xmn1800m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1");

    private final ChildProcess process;
    private final int seconds;

    private Judge(ChildProcess process, int seconds) {
        this.process = process;
        this.seconds = seconds;
    }

    /**
     * Starts a judge, before all other processes where the machine permits it.
     *
     * @param options what it is told
     * @param verbose whether what it prints on stderr is shown
     * @return to be closed
     */
    public static Judge start(JudgeOptions options, boolean verbose) {
        return new Judge(
                ChildProcess.start(Priority.JUDGE.prefix(), JVM, options.command(), verbose), options.seconds());
    }

    /**
     * Waits until it listens.
     *
     * @return its port on the loopback address
     * @throws InterruptedException if this thread is interrupted
     */
    public String port() throws InterruptedException {
        return process.await("PORT", START);
    }

    /**
     * Waits for the first call, with which the run begins.
     *
     * @throws InterruptedException if this thread is interrupted
     */
    public void awaitFirst() throws InterruptedException {
        process.await("FIRST", START);
    }

    /**
     * Waits for the end of the run.
     *
     * @return what it has seen
     * @throws InterruptedException if this thread is interrupted
     */
    public JudgeReport report() throws InterruptedException {
        Map<Api, Arrivals> arrivals = new EnumMap<>(Api.class);
        Duration run = Duration.ofSeconds(seconds).plus(START);
        for (Api api : Api.values()) {
            arrivals.put(api, Arrivals.parse(process.await("ARRIVALS " + api.name(), run)));
        }
        return new JudgeReport(
                seconds, arrivals, number("REFUSED"), number("VIOLATIONS"), number("CONNECTIONS"), number("LATE"));
    }

    private long number(String word) throws InterruptedException {
        return Long.parseLong(process.await(word, FAREWELL));
    }

    /**
     * Lets it end. Only after the client has ended: a judge that hangs up first would make it see errors.
     *
     * @throws IOException if it has ended
     */
    public void stop() throws IOException {
        process.stop();
    }

    @Override
    public void close() {
        process.close();
    }
}
