/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.demand;

import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.benchmarks.demand.web.Friendships;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * How long callers of single deletions wait: waves of 5,000 callers at once for 50 owners, first alone, then beside an
 * endless stream of full batches that could use the whole rate. The service takes 100 ms.
 */
@Command(name = "singles", description = "How long 5,000 single deletions at once take, alone and beside a stream.")
public final class SinglesCommand implements Callable<Integer> {

    private static final int CALLERS = 5_000;
    private static final int OWNERS = 50;
    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final Duration BETWEEN_WAVES = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    @Option(names = "--waves", defaultValue = "5", description = "How many waves of each kind. Default: 5.")
    private int waves;

    /** For the command line. */
    public SinglesCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Sandbox sandbox = Sandbox.start();
        sandbox.misbehave(FaultPlan.none().withLatency(LATENCY, LATENCY));
        FriendGateway gateway = FriendGateway.builder()
                .credentials(Credentials.of(
                        SandboxOptions.SDK_APP_ID, SandboxOptions.ADMINISTRATOR, SandboxOptions.SECRET_KEY))
                .endpoint(sandbox.uri())
                .build();
        for (int wave = 1; wave <= waves; wave++) {
            print("alone", wave, gateway, sandbox);
        }
        Disposable stream =
                gateway.delete(DeleteType.SINGLE, Friendships.endless()).subscribe();
        for (int wave = 1; wave <= waves; wave++) {
            print("beside a stream", wave, gateway, sandbox);
        }
        stream.dispose();
        gateway.dispose();
        sandbox.dispose();
        return 0;
    }

    private static void print(String kind, int wave, FriendGateway gateway, Sandbox sandbox)
            throws InterruptedException {
        Thread.sleep(BETWEEN_WAVES.toMillis());
        long calls = sandbox.score().calls();
        long[] micros = wave(gateway);
        Arrays.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "%s, wave %d: p50 %.0f ms, p99 %.0f ms, last %.0f ms, calls of all meanwhile %d%n",
                kind,
                wave,
                at(micros, 0.5),
                at(micros, 0.99),
                at(micros, 1),
                sandbox.score().calls() - calls);
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1] / 1e3;
    }

    /** What each caller waited, in microseconds, from its own subscription on. */
    private static long[] wave(FriendGateway gateway) {
        return Flux.fromStream(IntStream.range(0, CALLERS).boxed())
                .flatMap(
                        i -> gateway.delete(
                                        DeleteType.SINGLE,
                                        new Friendship(
                                                "caller-of-" + i % OWNERS, FriendLists.name("friend-", i / OWNERS)))
                                .elapsed()
                                .map(timed -> timed.getT1() * 1_000),
                        CALLERS)
                .collectList()
                .map(times -> times.stream().mapToLong(Long::longValue).toArray())
                .blockOptional(LONGEST)
                .orElseThrow();
    }
}
