/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Outcome;
import io.github.unfriend.ResultItem;
import io.github.unfriend.benchmarks.demand.web.DeletingApplication;
import io.github.unfriend.benchmarks.demand.web.Friendships;
import io.github.unfriend.benchmarks.process.Deadline;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.FriendGatewayBuilder;
import io.github.unfriend.sandbox.SandboxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The gateway and one subscriber, cold, in a process of its own; started by the runner and ended by its word on stdin.
 * With a web shape, an application that listens; whoever reads it subscribes, and no result is counted here.
 */
@Command(name = "demand-client", hidden = true)
public final class DemandClientCommand implements Callable<Integer> {

    @Option(names = "--shape", required = true)
    private Shape shape = Shape.DIRECT;

    @Option(names = "--read-ahead", required = true)
    private ReadAhead readAhead = ReadAhead.OURS;

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--seconds", required = true)
    private int seconds;

    private final LongAdder taken = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** For the command line. */
    public DemandClientCommand() {}

    @Override
    public Integer call() throws Exception {
        Deadline.in(Duration.ofSeconds(seconds));
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        if (shape.isWeb()) {
            System.out.println("LISTENING " + DeletingApplication.start(endpoint, readAhead::applyTo));
        } else {
            subscribe(endpoint);
        }
        // A word or the end of the stream: either way the run is over.
        if (System.in.read() >= 0) {
            System.out.println("TAKEN " + taken.sum());
            System.out.println("FAILURES " + failures.sum());
            System.out.flush();
        }
        Runtime.getRuntime().halt(0);
        return 0;
    }

    private void subscribe(URI endpoint) {
        FriendGatewayBuilder builder = FriendGateway.builder()
                .credentials(Credentials.of(
                        SandboxOptions.SDK_APP_ID, SandboxOptions.ADMINISTRATOR, SandboxOptions.SECRET_KEY))
                .endpoint(endpoint);
        readAhead.applyTo(builder);
        shape.appliedTo(builder.build().delete(DeleteType.SINGLE, Friendships.endless()))
                .subscribe(this::take, this::ended, () -> ended("without an error"));
    }

    private void take(ResultItem result) {
        taken.increment();
        Outcome outcome = result.outcome();
        if (outcome == Outcome.FAILED || outcome == Outcome.UNKNOWN) {
            failures.increment();
        }
    }

    /** The source has no end, so a stream that ends is a failure. */
    private void ended(Object how) {
        System.err.println("The gateway's stream ended: " + how);
        failures.increment();
    }
}
