/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import io.github.unfriend.Api;
import io.github.unfriend.benchmarks.demand.web.Friendships;
import io.github.unfriend.benchmarks.judge.Judge;
import io.github.unfriend.benchmarks.judge.JudgeOptions;
import io.github.unfriend.benchmarks.judge.JudgeReport;
import io.github.unfriend.benchmarks.judge.NetworkPath;
import io.github.unfriend.benchmarks.judge.ServiceLatency;
import io.github.unfriend.benchmarks.judge.Verdict;
import io.github.unfriend.benchmarks.process.ChildProcess;
import io.github.unfriend.benchmarks.process.Priority;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One run: a judge in a fresh JVM, then the gateway with its subscriber in another. Like all runs it begins with the
 * first call that arrives, and ends a fixed time later.
 */
final class DemandTrial {

    /** No service: nobody calls it. */
    private static final String NO_PORT = "9";

    private final int seconds;
    private final Duration warmUp;
    private final Priority priority;
    private final String heap;
    private final boolean verbose;

    DemandTrial(int seconds, Duration warmUp, boolean prioritized, String heap, boolean verbose) {
        this.seconds = seconds;
        this.warmUp = warmUp;
        this.priority = prioritized ? Priority.CLIENT : Priority.NORMAL;
        this.heap = heap;
        this.verbose = verbose;
    }

    /** What the judge saw of a shape; not for {@link Shape#READY}. */
    Verdict run(Shape shape, ReadAhead readAhead) throws IOException, InterruptedException {
        JudgeOptions options =
                new JudgeOptions(ServiceLatency.HUNDRED_MILLIS, NetworkPath.DIRECT, Friendships.FRIENDS, seconds);
        try (Judge judge = Judge.start(options, verbose);
                ChildProcess client = client(shape, readAhead, judge.port())) {
            if (!shape.isWeb()) {
                return judged(judge, client, null);
            }
            try (AnswerReader reader = read(shape, client)) {
                return judged(judge, client, reader);
            }
        }
    }

    private Verdict judged(Judge judge, ChildProcess client, @Nullable AnswerReader reader)
            throws IOException, InterruptedException {
        judge.awaitFirst();
        JudgeReport report = judge.report();
        if (reader != null) {
            System.err.printf(Locale.ROOT, "  results read: %.0f a second%n", reader.rate(warmUp.toNanos(), nanos()));
        }
        client.stop();
        long taken = Long.parseLong(client.await("TAKEN", Judge.FAREWELL));
        long failures = Long.parseLong(client.await("FAILURES", Judge.FAREWELL));
        judge.stop();
        if (reader == null) {
            int calls = report.arrivals(Api.FRIEND_DELETE).count();
            System.err.printf(Locale.ROOT, "  calls: %d, results taken: %d%n", calls, taken);
        }
        return report.verdict(Api.FRIEND_DELETE, warmUp, failures);
    }

    /** What {@link Shape#READY} gives: how many calls a second would carry as many results. */
    double runReady() throws InterruptedException {
        try (ChildProcess client = client(Shape.READY, ReadAhead.OURS, NO_PORT);
                AnswerReader reader = read(Shape.READY, client)) {
            reader.awaitFirst();
            Thread.sleep(Duration.ofSeconds(seconds).toMillis());
            return reader.rate(warmUp.toNanos(), nanos()) / Friendships.A_CALL;
        }
    }

    private ChildProcess client(Shape shape, ReadAhead readAhead, String port) {
        return ChildProcess.start(
                priority.prefix(),
                List.of("-Xmx" + heap),
                List.of(
                        "demand-client",
                        "--shape",
                        shape.toString(),
                        "--read-ahead",
                        readAhead.toString(),
                        "--port",
                        port,
                        "--seconds",
                        Integer.toString(lifetime())),
                verbose);
    }

    private AnswerReader read(Shape shape, ChildProcess client) throws InterruptedException {
        String url = "http://127.0.0.1:" + client.await("LISTENING", Judge.START) + shape.path();
        return AnswerReader.start(priority, url, lifetime(), verbose);
    }

    private long nanos() {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private int lifetime() {
        return seconds + (int) Judge.START.toSeconds();
    }
}
