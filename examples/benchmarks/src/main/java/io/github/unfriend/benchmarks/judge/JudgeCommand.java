/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.judge;

import io.github.unfriend.benchmarks.process.Deadline;
import io.github.unfriend.sandbox.Api;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The server of one run, in a process of its own; started by the runner. It refuses nothing, it only writes down when
 * calls arrive, and prints the times when the run is over, counted from the first arrival.
 */
@Command(name = "judge", hidden = true)
public final class JudgeCommand implements Callable<Integer> {

    private static final Duration FIRST_CALL = Duration.ofSeconds(20);
    private static final int CALLS_A_SECOND = 500;

    @Option(names = "--latency", required = true)
    private ServiceLatency latency = ServiceLatency.USUAL;

    @Option(names = "--path", required = true)
    private NetworkPath path = NetworkPath.DIRECT;

    @Option(names = "--friends", required = true)
    private int friends;

    @Option(names = "--seconds", required = true)
    private int seconds;

    /** For the command line. */
    public JudgeCommand() {}

    @Override
    public Integer call() throws Exception {
        Deadline.in(FIRST_CALL.plusSeconds(seconds + 10L));
        SandboxOptions options =
                latency.applyTo(SandboxOptions.builder().callsPerSecond(0)).build();
        try (Sandbox sandbox = Sandbox.start(options);
                Proxy proxy = path.before(sandbox.port())) {
            // No friendships: whether an account is a friend changes nothing in the pace.
            for (int i = 0; i < CALLS_A_SECOND * seconds; i++) {
                sandbox.friends().addAccount(FriendLists.name("owner-", i));
            }
            for (int i = 0; i < friends; i++) {
                sandbox.friends().addAccount(FriendLists.name("friend-", i));
            }
            System.gc();
            System.out.println("PORT " + proxy.port());
            Lateness lateness = Lateness.watch();
            awaitFirst(sandbox);
            System.out.println("FIRST");
            long nanos = Duration.ofSeconds(seconds).toNanos();
            awaitEnd(System.nanoTime() + nanos);
            for (Api api : Api.values()) {
                awaitEnd(sandbox, api, nanos);
            }
            for (Api api : Api.values()) {
                report(sandbox, api, nanos);
            }
            long refused = sandbox.score().answers().entrySet().stream()
                    .filter(answer -> answer.getKey() != 0)
                    .mapToLong(answer -> answer.getValue())
                    .sum();
            System.out.println("REFUSED " + refused);
            System.out.println("VIOLATIONS " + sandbox.score().violationCount());
            System.out.println("CONNECTIONS " + sandbox.score().connectionsOpened());
            System.out.println("LATE " + lateness.mostMicros());
            // Until the client has been told to stop: a judge that hangs up first would make it see errors.
            if (System.in.read() < 0) {
                return 1;
            }
        }
        return 0;
    }

    private static void awaitFirst(Sandbox sandbox) throws InterruptedException {
        long end = System.nanoTime() + FIRST_CALL.toNanos();
        while (sandbox.score().calls() == 0) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("no call came within " + FIRST_CALL);
            }
            Thread.sleep(1);
        }
    }

    private static void awaitEnd(long end) {
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** The run of an API begins with its own first call. */
    private static void awaitEnd(Sandbox sandbox, Api api, long nanos) {
        long[] times = sandbox.score().arrivals(api);
        if (times.length > 0) {
            awaitEnd(times[0] + nanos);
        }
    }

    /** Only whole runs: what arrived after the end is not told. */
    private static void report(Sandbox sandbox, Api api, long nanos) {
        long[] times = sandbox.score().arrivals(api);
        for (int i = times.length - 1; i >= 0; i--) {
            times[i] -= times[0];
        }
        System.out.println("ARRIVALS " + api.name() + " " + Arrivals.of(times).until(nanos));
    }
}
