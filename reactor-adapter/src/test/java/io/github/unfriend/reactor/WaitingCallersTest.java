/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static io.github.unfriend.reactor.Sandboxes.await;
import static io.github.unfriend.reactor.Sandboxes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.Api;
import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.FriendLists;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Accounts that wait, for their call or for its next attempt, while others come, cancel, fail or are refused. */
@Tag("promise-1")
@Tag("promise-3")
@Timeout(100)
class WaitingCallersTest {

    private final Sandbox sandbox =
            Sandbox.start(SandboxOptions.builder().callsPerSecond(0).build());
    private final Sinks.Many<Permit> permits = Sinks.many().multicast().directAllOrNothing();
    private final StubPacer pacer = new StubPacer(() -> permits.asFlux().next());

    @AfterEach
    void close() {
        sandbox.dispose();
    }

    private void grantAll() {
        eventually(() -> permits.tryEmitNext(pacer.permit()).isSuccess());
    }

    private static void sleep(long millis) {
        Mono.delay(Duration.ofMillis(millis)).block();
    }

    private static Mono<ResultItem> single(FriendGateway gateway, String to) {
        return gateway.delete(DeleteType.SINGLE, new Friendship("alice", to));
    }

    @Test
    void afterACancelAnAccountIsNotTwiceInACall() {
        Queue<List<String>> sent = new ConcurrentLinkedQueue<>();
        sandbox.misbehave(FaultPlan.script(call -> {
            sent.add(call.toAccounts());
            return Fault.none().withDelay(Duration.ofSeconds(1));
        }));
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox).pacer(pacer).build();
        single(gateway, "x").subscribe(item -> {}, error -> {}); // E
        eventually(() -> pacer.acquired.get() == 1);
        grantAll();
        eventually(() -> sent.size() == 1); // E is on the wire
        Disposable g = single(gateway, "x").subscribe(item -> {}, error -> {}); // G
        eventually(() -> pacer.acquired.get() == 2);
        single(gateway, "x").subscribe(item -> {}, error -> {}); // H, chained to G
        sleep(50);
        g.dispose();
        sleep(50);
        single(gateway, "x").subscribe(item -> {}, error -> {}); // N
        sleep(50);
        grantAll();
        eventually(() -> sent.size() >= 2);
        assertThat(sent).allSatisfy(accounts -> assertThat(accounts).doesNotHaveDuplicates());
        gateway.dispose();
    }

    @Test
    void whatThePolicyGivesUpIsNotSentAgain() {
        AtomicInteger calls = new AtomicInteger();
        sandbox.misbehave(FaultPlan.script(call ->
                calls.incrementAndGet() == 1 ? Fault.code(60008).withDelay(Duration.ofMillis(900)) : Fault.none()));
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
                .pacer(pacer)
                .callDeadline(Duration.ofSeconds(1))
                .retry(failure -> new Decision.GiveUp())
                .build();
        Queue<ResultItem> results = new ConcurrentLinkedQueue<>();
        single(gateway, "bob").subscribe(results::add, error -> {});
        eventually(() -> pacer.acquired.get() == 1);
        sleep(300);
        single(gateway, "carol").subscribe(results::add, error -> {});
        sleep(200);
        grantAll(); // leaves at 0.5 s, is answered at 1.4 s
        sleep(2_000);
        assertThat(pacer.acquired).as("attempts, results " + results).hasValue(1);
        gateway.dispose();
    }

    @Test
    void whoJoinedLateKeepsItsBackOff() {
        sandbox.misbehave(FaultPlan.script(call -> Fault.code(30006)));
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
                .pacer(pacer)
                .callDeadline(Duration.ofSeconds(1))
                .retry(failure -> new Decision.Retry(Duration.ofSeconds(30)))
                .build();
        Queue<ResultItem> results = new ConcurrentLinkedQueue<>();
        single(gateway, "bob").subscribe(results::add, error -> {});
        eventually(() -> pacer.acquired.get() == 1);
        sleep(300);
        single(gateway, "carol").subscribe(results::add, error -> {});
        sleep(200);
        grantAll(); // refused at once: both are to wait for 30 s; at 1 s the time of bob's call is over
        sleep(2_000);
        assertThat(pacer.acquired).as("attempts, results " + results).hasValue(1);
        gateway.dispose();
    }

    @Test
    void duringALongPauseSinglesTravelTogether() {
        int owners = 50;
        int each = 100;
        sandbox.friends().generate(owners, each);
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();
        gateway.pacer().pause(Api.FRIEND_DELETE, Duration.ofMillis(2_500));
        await(Flux.range(0, owners * each)
                .flatMap(
                        i -> gateway.delete(
                                DeleteType.SINGLE,
                                new Friendship(
                                        FriendLists.name("owner-", i % owners),
                                        FriendLists.name("friend-", i / owners))),
                        owners * each)
                .count());
        assertThat(sandbox.score().calls()).isLessThanOrEqualTo(60);
        gateway.dispose();
    }

    @Test
    void whoAsksForTheSameAccountLateHasItsWholeTime() {
        sandbox.friends().befriend("alice", "bob");
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
                .pacer(pacer)
                .callDeadline(Duration.ofSeconds(2))
                .build();
        Queue<ResultItem> results = new ConcurrentLinkedQueue<>();
        single(gateway, "bob").subscribe(results::add, error -> {});
        eventually(() -> pacer.acquired.get() == 1);
        sleep(1_800);
        single(gateway, "bob").subscribe(results::add, error -> {});
        eventually(() -> results.size() >= 1);
        sleep(300);
        assertThat(results).hasSize(1);
        gateway.dispose();
    }

    @Test
    void anOwnerThatIsServedOneCallAtATimeDoesNotHoldUpOthers() {
        AtomicLong calls = new AtomicLong();
        sandbox.misbehave(FaultPlan.script(call -> {
            if (!call.fromAccount().equals("serial")) {
                return Fault.none();
            }
            return calls.incrementAndGet() == 1
                    ? Fault.code(30008)
                    : Fault.none().withDelay(Duration.ofSeconds(4));
        }));
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();
        await(serial(gateway).then(Mono.just(1))); // learns of the conflict, takes 4 s
        AtomicLong others = new AtomicLong();
        Flux<Friendship> pairs = Flux.range(0, 6_000)
                .map(i -> i < 4_000 ? new Friendship("serial", "f" + i) : new Friendship("o" + i % 2, "f" + i));
        Disposable stream = gateway.delete(DeleteType.SINGLE, pairs).subscribe(item -> {
            if (!item.fromAccount().equals("serial")) {
                others.incrementAndGet();
            }
        });
        sleep(3_000);
        assertThat(others).hasValue(2_000);
        stream.dispose();
        gateway.dispose();
    }

    private static Mono<ResultItem> serial(FriendGateway gateway) {
        return gateway.delete(DeleteType.SINGLE, new Friendship("serial", "bob"));
    }

    @Test
    void whatWaitsForItsNextAttemptIsBounded() {
        sandbox.misbehave(FaultPlan.script(call -> Fault.code(30006)));
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
                .pacer(Pacer.unpaced())
                .retry(failure -> new Decision.Retry(Duration.ofMinutes(1)))
                .build();
        AtomicLong taken = new AtomicLong();
        Flux<Friendship> pairs = Flux.<Friendship>generate(sink -> {
            long n = taken.getAndIncrement();
            sink.next(new Friendship("o" + n / 1_000, "f" + n % 1_000));
        });
        Disposable stream = gateway.delete(DeleteType.SINGLE, pairs).subscribe();
        sleep(4_000);
        assertThat(taken.get()).isLessThan(260_000);
        assertThat(sandbox.score().calls()).isEqualTo(128);
        stream.dispose();
        gateway.dispose();
    }

    /** One call is refused for good while another is on the wire; a caller comes meanwhile and has little time. */
    @Test
    void aDeadlineIsKeptAlsoAfterAFatalRefusal() {
        sandbox.misbehave(FaultPlan.script(call -> switch (call.fromAccount()) {
            case "slow" -> Fault.none().withDelay(Duration.ofSeconds(3));
            case "bad" -> Fault.code(70009);
            default -> Fault.none();
        }));
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox).build();
        AtomicInteger refused = new AtomicInteger();
        gateway.delete(DeleteType.SINGLE, new Friendship("slow", "x")).subscribe(item -> {}, error -> {});
        eventually(() -> sandbox.score().calls() == 1);
        gateway.delete(DeleteType.SINGLE, new Friendship("bad", "x"))
                .subscribe(item -> {}, error -> refused.incrementAndGet());
        eventually(() -> sandbox.score().calls() == 2);
        sleep(200);
        long begin = System.nanoTime();
        Throwable end = gateway.deadline(Duration.ofMillis(200))
                .delete(DeleteType.SINGLE, new Friendship("alice", "x"))
                .<Throwable>map(item -> new IllegalStateException("answered"))
                .onErrorResume(Mono::just)
                .block();
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertThat(millis).as("" + end).isLessThan(1_000);
        gateway.dispose();
    }

    private Throwable endOfOneThatWaits(FriendGateway gateway, Runnable then) {
        Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        gateway.delete(DeleteType.SINGLE, new Friendship("waits", "x")).subscribe(item -> {}, errors::add);
        eventually(() -> sandbox.score().calls() == 1);
        await(gateway.delete(DeleteType.SINGLE, new Friendship("alice", "x"))); // one is answered meanwhile
        then.run();
        eventually(() -> errors.size() == 1);
        return errors.remove();
    }

    private FriendGateway patient() {
        sandbox.friends().befriend("alice", "x");
        sandbox.misbehave(FaultPlan.script(call -> switch (call.fromAccount()) {
            case "waits" -> Fault.code(30006);
            case "bad" -> Fault.code(70009);
            default -> Fault.none();
        }));
        return Sandboxes.gatewayTo(sandbox)
                .retry(failure ->
                        failure.code() == 70009 ? new Decision.Stop() : new Decision.Retry(Duration.ofSeconds(30)))
                .build();
    }

    @Test
    void closingTellsThoseWhoWait() {
        FriendGateway gateway = patient();
        assertThat(endOfOneThatWaits(gateway, gateway::dispose))
                .isInstanceOf(io.github.unfriend.GatewayClosedException.class);
    }

    @Test
    void aFatalRefusalReachesThoseWhoWait() {
        FriendGateway gateway = patient();
        assertThat(endOfOneThatWaits(
                        gateway,
                        () -> gateway.delete(DeleteType.SINGLE, new Friendship("bad", "x"))
                                .subscribe(item -> {}, error -> {})))
                .isInstanceOf(io.github.unfriend.FatalRefusalException.class);
        gateway.dispose();
    }
}
