/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.Callers.API;
import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.GatewayClosedException;
import io.github.unfriend.OverloadedException;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** The manners of the pacer of one API: bounds, ends, demand, re-entrancy, cost. One thread, virtual time. */
class ApiPacerTest {

    private static final int LIMIT = 10;
    private static final int MOST_WAITING = 5;

    private final World world = new World(1);
    private final Pacer pacer = Pacer.builder()
            .callsPerSecond(LIMIT)
            .maxWaiting(MOST_WAITING)
            .nanoClock(world::clock)
            .scheduler(world)
            .build();
    private final List<Throwable> errors = new ArrayList<>();
    private final List<Permit> permits = new ArrayList<>();

    private Disposable ask() {
        return pacer.acquire(API).subscribe(permits::add, errors::add);
    }

    private void ask(int callers) {
        for (int i = 0; i < callers; i++) {
            ask();
        }
    }

    @Test
    void oneCallerTooManyIsRefusedUntilAnotherHasLeft() {
        ask(); // granted at once
        Disposable first = ask();
        ask(MOST_WAITING - 1);
        assertThat(errors).isEmpty();
        ask();
        assertThat(errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        OverloadedException.class,
                        refused -> assertThat(refused.limit()).isEqualTo(MOST_WAITING));

        first.dispose();
        ask();
        assertThat(errors).hasSize(1);
        assertThat(pacer.state(API).waiting()).isEqualTo(MOST_WAITING);
        world.runFor(SECOND);
        assertThat(permits).hasSize(1 + MOST_WAITING);
    }

    /** Real time goes on while permits are granted: places that come back meanwhile are free once, not for all. */
    @Test
    void aPlaceThatComesBackDuringAGrantIsGrantedOnce() {
        AtomicLong lost = new AtomicLong(); // time that this thread takes
        Pacer slow = Pacer.builder()
                .callsPerSecond(LIMIT)
                .nanoClock(() -> world.clock() + lost.get())
                .scheduler(world)
                .build();
        List<Permit> first = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            slow.acquire(API)
                    .subscribe(
                            permit -> {
                                first.add(permit);
                                if (first.size() > LIMIT) {
                                    lost.addAndGet(30 * MILLI);
                                    permit.written();
                                    permit.answered();
                                }
                            },
                            errors::add);
        }
        world.runFor(SECOND);
        assertThat(first).hasSize(LIMIT);
        List.copyOf(first).forEach(permit -> {
            world.runFor(20 * MILLI);
            permit.written();
            permit.answered();
        });
        world.runFor(SECOND + SECOND / 2);
        assertThat(first).hasSizeLessThanOrEqualTo(2 * LIMIT);
        slow.dispose();
    }

    @Test
    void disposingTurnsEveryCallerAway() {
        ask(1 + MOST_WAITING);
        pacer.dispose();
        assertThat(errors).hasSize(MOST_WAITING).hasOnlyElementsOfType(GatewayClosedException.class);
        ask();
        assertThat(errors).hasSize(MOST_WAITING + 1).hasOnlyElementsOfType(GatewayClosedException.class);
        assertThat(pacer.isDisposed()).isTrue();
        assertThat(pacer.state(API).waiting()).isZero();

        permits.get(0).written(); // what was granted before may still end as it likes
        permits.get(0).answered();
        assertThat(pacer.state(API).inFlight()).isZero();
        pacer.dispose();
        world.runFor(5 * SECOND);
        assertThat(permits).hasSize(1);
    }

    @Test
    void aSubscriptionWithoutDemandIsNoCaller() {
        StepVerifier.create(pacer.acquire(API), 0)
                .expectSubscription()
                .then(() -> assertThat(
                                pacer.state(API).inFlight() + pacer.state(API).waiting())
                        .isZero())
                .thenRequest(1)
                .expectNextCount(1)
                .verifyComplete();
        StepVerifier.create(pacer.acquire(API), 0).thenCancel().verify();
        assertThat(pacer.state(API).inFlight()).isEqualTo(1);
    }

    @Test
    void aCallCountsOnceWhenItLeftAndNotBefore() {
        ask(3);
        world.runFor(SECOND);
        assertThat(pacer.state(API).calls()).isZero();
        permits.get(0).written();
        permits.get(0).written();
        permits.get(0).answered();
        permits.get(1).giveBack();
        assertThat(pacer.state(API).calls()).isEqualTo(1);
        permits.get(1).written(); // by a thread that came too late to be stopped
        assertThat(pacer.state(API).calls()).isEqualTo(2);
    }

    @Test
    void demandOfAnySizeIsForOnePermit() {
        StepVerifier.create(pacer.acquire(API), 7).expectNextCount(1).verifyComplete();
        assertThat(pacer.state(API).inFlight()).isEqualTo(1);
    }

    @Test
    void permitsMayBeUsedAndMoreBeAskedForInsideTheEmission() {
        int[] left = {50_000};
        askAgain(left);
        for (int i = 0; i < 60 && left[0] > 0; i++) {
            world.runFor(SECOND);
        }
        assertThat(left[0]).isZero();
        assertThat(pacer.state(API).waiting()).isZero();
    }

    /** Every permit but each thousandth is given back at once, so that the next caller is granted in the same call. */
    private void askAgain(int[] left) {
        pacer.acquire(API).subscribe(permit -> {
            if (--left[0] > 0) {
                askAgain(left);
            }
            if (left[0] % 1000 == 0) {
                permit.written();
                permit.answered();
            } else {
                permit.giveBack();
            }
        });
    }

    @Test
    void anotherCallerMayBeCancelledInsideTheEmission() {
        List<Disposable> others = new ArrayList<>();
        ask();
        pacer.acquire(API).subscribe(permit -> others.forEach(Disposable::dispose));
        others.add(ask());
        others.add(ask());
        world.runFor(5 * SECOND);
        assertThat(permits).hasSize(1);
        assertThat(pacer.state(API).waiting()).isZero();
    }

    @Test
    void thePacerMayBeDisposedInsideTheEmission() {
        ask();
        pacer.acquire(API).subscribe(permit -> pacer.dispose());
        ask(3);
        world.runFor(SECOND);
        assertThat(permits).hasSize(1);
        assertThat(errors).hasSize(3).hasOnlyElementsOfType(GatewayClosedException.class);
    }

    @Test
    void aCallerThatThrowsDoesNotStopTheOthers() {
        List<Throwable> dropped = new ArrayList<>();
        Consumer<Throwable> whoHearsOfIt = dropped::add;
        pacer.acquire(API).subscribe(new BaseSubscriber<>() {
            @Override
            public Context currentContext() {
                return Context.of("reactor.onErrorDropped.local", whoHearsOfIt);
            }

            @Override
            protected void hookOnNext(Permit permit) {
                throw new StackOverflowError("a caller that breaks the rules");
            }
        });
        ask(2);
        world.runFor(SECOND);
        assertThat(permits).hasSize(2);
        assertThat(dropped).hasSize(1);
        assertThat(pacer.state(API).inFlight()).isEqualTo(2);
    }

    @Test
    void theContextOfTheCallerIsItsOwnWhoeverGrants() {
        ask();
        List<String> seen = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            pacer.acquire(API)
                    .flatMap(permit -> Mono.deferContextual(context -> Mono.just(context.<String>get("name"))))
                    .contextWrite(Context.of("name", name))
                    .subscribe(seen::add);
        }
        world.runFor(SECOND);
        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void waitingCallersCostNoTimers() {
        Pacer roomy = Scenario.ours(world, LIMIT);
        Callers callers = new Callers(world, roomy, new ModelServer(world), Behaviour.steady());
        callers.call(10_000);
        roomy.pause(API, Duration.ofSeconds(10));
        long before = world.timers();
        world.runFor(10 * SECOND - MILLI);
        assertThat(world.timers() - before).isLessThanOrEqualTo(2);

        before = world.timers();
        int granted = callers.granted;
        world.runFor(20 * SECOND);
        // One for the turn of each call; and one more where its place comes back later than its turn.
        assertThat(world.timers() - before).isLessThanOrEqualTo(3L * (callers.granted - granted));
        assertThat(callers.granted - granted).isGreaterThan(190);
    }

    @Test
    void startsNoThreadOfItsOwnWhileNobodyWaits() {
        Set<Thread> before = Thread.getAllStackTraces().keySet(); // those of other tests end when they like
        Pacer idle = Pacer.builder().build();
        StepVerifier.create(idle.acquire(API)).expectNextCount(1).verifyComplete();
        idle.dispose();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("unfriend-pacer") && !before.contains(thread));
    }
}
