/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unfriend.DeleteType;
import io.github.unfriend.Friendship;
import io.github.unfriend.ResultItem;
import io.github.unfriend.sandbox.CallInfo;
import io.github.unfriend.sandbox.Fault;
import io.github.unfriend.sandbox.FaultKind;
import io.github.unfriend.sandbox.FaultPlan;
import io.github.unfriend.sandbox.Sandbox;
import io.github.unfriend.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.NullUnmarked;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

/**
 * Promise 3 for random windows, pauses, batches and cancels: what the service has deleted beyond what the subscriber has
 * asked for is never more than the subscriber has taken, and never more than the calls that may be read ahead; with
 * nothing read ahead it is less than one call.
 */
@Tag("promise-3")
@NullUnmarked
class DemandPropertiesTest {

    private static final int[] READ_AHEAD = {0, 1, 64};
    private static final AtomicInteger TRIAL = new AtomicInteger();

    private static Sandbox sandbox;

    @BeforeContainer
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.builder().callsPerSecond(0).build());
    }

    @AfterContainer
    static void stop() {
        sandbox.dispose();
    }

    @Property(tries = 80, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.SAMPLE_FIRST)
    void deletionsBeyondTheDemandAreEarned(@ForAll long seed, @ForAll @IntRange(max = 2) int kind) {
        Random random = new Random(seed);
        int readAhead = READ_AHEAD[kind];
        String trial = "d" + TRIAL.incrementAndGet() + "-";
        List<Friendship> pairs = pairs(random, trial);
        int largest = random.nextInt(3) == 0 ? 1 : 30; // one owner for each pair, or batches
        Windows subscriber = new Windows(random, pairs.size());
        List<String> broken = Collections.synchronizedList(new ArrayList<>());
        Set<String> arrived = new HashSet<>();
        Faults faults = new Faults(random.nextLong(), random.nextInt(3) == 0 ? 0 : random.nextInt(40));
        if (random.nextInt(4) > 0) { // else the service refuses whole calls for their owner, and they are halved
            pairs.forEach(pair -> sandbox.friends().befriend(pair.fromAccount(), pair.toAccount()));
        }
        sandbox.misbehave(FaultPlan.script(call -> {
            if (!call.fromAccount().startsWith(trial)) {
                return Fault.none(); // of the trial before, from a connection that was closed meanwhile
            }
            // Read before the demand is: it only grows, so that the bound is never too strict.
            long sent;
            synchronized (arrived) { // what is sent again is not deleted again
                boolean isNew = false;
                for (String account : call.toAccounts()) {
                    isNew |= arrived.add(call.fromAccount() + "/" + account);
                }
                if (!isNew) {
                    return faults.of(call);
                }
                sent = arrived.size();
            }
            // Accounts that go again join others of their owner: these are sent for them.
            long again = faults.again.get();
            long taken = subscriber.taken.get();
            long asked = subscriber.asked.get();
            long beyond = sent - asked;
            int size = call.toAccounts().size();
            long earned = readAhead == 0 ? 0 : Math.min(taken, (readAhead + 1L) * 30);
            if (beyond > Math.max(earned, size - 1) + again) {
                broken.add("sent " + sent + ", asked " + asked + ", taken " + taken + ", call of " + size);
            }
            return faults.of(call);
        }));
        List<Friendship> source = largest == 1 ? eachAnOwner(pairs, trial) : pairs;
        FriendGateway gateway = Sandboxes.gatewayTo(sandbox)
                .pacer(Pacer.unpaced())
                .readAhead(readAhead)
                .maxConcurrentCalls(1 + random.nextInt(8))
                .linger(Duration.ofMillis(1))
                .retry(RetryPolicy.builder()
                        .baseDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(4))
                        .build())
                .build();
        gateway.delete(DeleteType.SINGLE, Flux.fromIterable(source)).subscribe(subscriber);
        subscriber.awaitEnd();
        gateway.disposeLater(Duration.ofSeconds(10)).block();
        assertThat(broken).isEmpty();
        if (!subscriber.leaves) {
            assertThat(subscriber.taken).hasValue(source.size());
        }
    }

    /** Some owners with up to 30 friends each, one owner after the other: no call carries more. */
    private static List<Friendship> pairs(Random random, String trial) {
        List<Friendship> pairs = new ArrayList<>();
        int owners = 1 + random.nextInt(20);
        for (int owner = 0; owner < owners; owner++) {
            int friends = 1 + random.nextInt(30);
            for (int friend = 0; friend < friends; friend++) {
                pairs.add(new Friendship(trial + owner, "friend-" + friend));
            }
        }
        return pairs;
    }

    private static List<Friendship> eachAnOwner(List<Friendship> pairs, String trial) {
        List<Friendship> distinct = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            distinct.add(new Friendship(trial + "owner-" + i, "friend"));
        }
        return distinct;
    }

    /** What the service does wrong. */
    private static final class Faults {

        private final Random random;
        private final int percent;
        private final AtomicLong again = new AtomicLong();

        Faults(long seed, int percent) {
            this.random = new Random(seed);
            this.percent = percent;
        }

        synchronized Fault of(CallInfo call) {
            if (random.nextInt(100) >= percent) {
                return Fault.none().withDelay(Duration.ofMillis(random.nextInt(4)));
            }
            return switch (random.nextInt(5)) {
                case 0 -> Fault.code(30006);
                case 1 -> Fault.of(FaultKind.HTML);
                case 2 -> Fault.of(FaultKind.RESET_BEFORE);
                case 3 -> item(call.toAccounts().get(0), 30006);
                default -> {
                    again.incrementAndGet();
                    yield Fault.none().withOmitted(call.toAccounts().get(0));
                }
            };
        }

        private Fault item(String account, int code) {
            again.incrementAndGet();
            return Fault.none().withItem(account, code);
        }
    }

    /** Asks for a random number, takes it, pauses now and then, asks again; may leave. */
    private static final class Windows extends BaseSubscriber<ResultItem> {

        private final Random random;
        private final boolean leaves;
        private final int leaveAfter;
        private final AtomicLong asked = new AtomicLong();
        private final AtomicLong taken = new AtomicLong();
        private final CountDownLatch end = new CountDownLatch(1);
        private long open;

        Windows(Random random, int results) {
            this.random = new Random(random.nextLong());
            this.leaves = random.nextInt(4) == 0;
            this.leaveAfter = leaves ? random.nextInt(results) : Integer.MAX_VALUE;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            ask();
        }

        private void ask() {
            open = 1L + random.nextInt(random.nextBoolean() ? 4 : 60);
            asked.addAndGet(open);
            request(open);
        }

        @Override
        protected void hookOnNext(ResultItem value) {
            if (taken.incrementAndGet() > leaveAfter) {
                cancel();
            } else if (--open == 0) {
                if (random.nextInt(4) == 0) {
                    Schedulers.boundedElastic().schedule(this::ask, random.nextInt(20), TimeUnit.MILLISECONDS);
                } else {
                    ask();
                }
            }
        }

        @Override
        protected void hookFinally(SignalType type) {
            end.countDown();
        }

        void awaitEnd() {
            try {
                assertThat(end.await(60, TimeUnit.SECONDS))
                        .as("ended; asked %s, taken %s", asked, taken)
                        .isTrue();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
