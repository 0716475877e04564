/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.benchmarks.soak;

import io.github.unfriend.Credentials;
import io.github.unfriend.DeleteType;
import io.github.unfriend.FriendDeleteRequest;
import io.github.unfriend.Friendship;
import io.github.unfriend.Outcome;
import io.github.unfriend.reactor.FriendGateway;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.SandboxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Mixed work at full rate against a sandbox that runs elsewhere: one endless stream of pairs, one of whole lists, and
 * small requests of which a third are cancelled. Prints what the process holds every half minute.
 */
@Command(
        name = "soak",
        description = "Mixed work for some minutes; prints memory, threads and sockets as time goes by.")
public final class SoakCommand implements Callable<Integer> {

    private static final int OWNERS = 500;
    private static final int FRIENDS = 1_000;
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(30);

    @Option(names = "--endpoint", required = true, description = "A sandbox with --owners 500 --friends 1000.")
    private URI endpoint = URI.create("http://127.0.0.1");

    @Option(names = "--minutes", defaultValue = "10", description = "How long, 60 at most. Default: ${DEFAULT-VALUE}.")
    private int minutes;

    /** For the command line. */
    public SoakCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        long start = System.nanoTime();
        long end = start + Duration.ofMinutes(Math.min(60, minutes)).toNanos();
        Map<Outcome, AtomicLong> outcomes = new ConcurrentHashMap<>();
        FriendGateway gateway = FriendGateway.builder()
                .credentials(Credentials.of(
                        SandboxOptions.SDK_APP_ID, SandboxOptions.ADMINISTRATOR, SandboxOptions.SECRET_KEY))
                .endpoint(endpoint)
                .callTimeout(Duration.ofSeconds(2))
                .build();
        Disposable.Composite work = Disposables.composite();
        work.add(gateway.delete(DeleteType.SINGLE, Flux.generate(sink -> sink.next(anyPair())))
                .subscribe(item -> count(outcomes, item.outcome())));
        work.add(gateway.deleteAll(DeleteType.SINGLE, Flux.generate(sink -> sink.next(anyOwner())))
                .subscribe(result -> count(outcomes, result.outcome())));
        work.add(Flux.interval(Duration.ofMillis(50))
                .onBackpressureDrop()
                .flatMap(tick -> small(gateway, tick), 20)
                .subscribe(outcome -> count(outcomes, outcome)));
        Sample first = null;
        Sample last = null;
        while (System.nanoTime() - end < 0) {
            Thread.sleep(BETWEEN_SAMPLES.toMillis());
            last = Sample.now(Duration.ofNanos(System.nanoTime() - start).toSeconds());
            if (first == null && last.seconds() >= 60) {
                first = last;
            }
            System.out.println(last + "  " + outcomes);
        }
        work.dispose();
        gateway.disposeLater(Duration.ofSeconds(10)).block();
        Thread.sleep(3000);
        System.out.println("after the first minute: " + first);
        System.out.println("at the end:             " + last);
        System.out.println("when closed:            " + Sample.now(last == null ? 0 : last.seconds()));
        return 0;
    }

    private static Mono<Outcome> small(FriendGateway gateway, long tick) {
        List<String> friends = IntStream.range(0, 20)
                .mapToObj(i ->
                        FriendLists.name("friend-", ThreadLocalRandom.current().nextInt(FRIENDS)))
                .toList();
        Mono<Outcome> result = gateway.delete(new FriendDeleteRequest(anyOwner(), DeleteType.BOTH, friends))
                .map(done -> done.items().get(0).outcome());
        return tick % 3 == 0
                ? result.take(Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, 100)))
                : result;
    }

    private static Friendship anyPair() {
        return new Friendship(
                anyOwner(),
                FriendLists.name("friend-", ThreadLocalRandom.current().nextInt(FRIENDS)));
    }

    private static String anyOwner() {
        return FriendLists.name("owner-", ThreadLocalRandom.current().nextInt(OWNERS));
    }

    private static void count(Map<Outcome, AtomicLong> outcomes, Outcome outcome) {
        outcomes.computeIfAbsent(outcome, key -> new AtomicLong()).incrementAndGet();
    }
}
