/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.lease;

import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.benchmarks.process.Deadline;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.SandboxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** One process of a run: calls as fast as its lease permits, without end, or now and then. */
@Command(name = "lease-client", hidden = true)
public final class LeaseClientCommand implements Callable<Integer> {

    private static final int OWNERS = 10_000;

    @Option(names = "--redis", required = true)
    private String redis = "";

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--seconds", required = true)
    private int seconds;

    @Option(names = "--number", required = true)
    private int number;

    @Option(names = "--candidate", required = true)
    private LeaseCandidate candidate = LeaseCandidate.UNFRIEND;

    @Option(names = "--now-and-then")
    private boolean nowAndThen;

    /** For the command line. */
    public LeaseClientCommand() {}

    @Override
    public Integer call() throws Exception {
        Deadline.in(Duration.ofSeconds(seconds + 60L));
        Pacer pacer = candidate.pacer(redis);
        FriendGateway gateway = FriendGateway.builder()
                .credentials(Credentials.of(
                        SandboxOptions.SDK_APP_ID, SandboxOptions.ADMINISTRATOR, SandboxOptions.SECRET_KEY))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .pacer(pacer)
                .build();
        LongAdder results = new LongAdder();
        System.out.println("READY");
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        Random random = new Random(number);
        while (System.nanoTime() - end < 0) {
            Disposable work = gateway.deleteAll(
                            DeleteType.SINGLE,
                            Flux.range(0, Integer.MAX_VALUE)
                                    .map(i -> FriendLists.name("owner-", (i + number * 2_000) % OWNERS)))
                    .subscribe(result -> results.increment());
            sleepUntil(nowAndThen ? Math.min(end, System.nanoTime() + nanos(random)) : end);
            work.dispose();
            if (nowAndThen) {
                sleepUntil(Math.min(end, System.nanoTime() + nanos(random)));
            }
        }
        System.out.println("RESULTS " + results.sum());
        System.out.println("TROUBLE " + pacer.problem());
        gateway.dispose();
        pacer.dispose();
        return 0;
    }

    private static long nanos(Random random) {
        return Duration.ofMillis(500 + random.nextInt(4_000)).toNanos();
    }

    private static void sleepUntil(long time) throws InterruptedException {
        Thread.sleep(Math.max(0, (time - System.nanoTime()) / 1_000_000));
    }
}
