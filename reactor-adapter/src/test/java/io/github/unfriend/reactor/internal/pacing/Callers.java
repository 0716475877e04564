/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;

import io.github.unfriend.Api;
import io.github.unfriend.reactor.Pacer;
import io.github.unfriend.reactor.Permit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** The client's side: callers that ask a pacer for permits and send calls to the server with them. */
final class Callers {

    static final Api API = Api.FRIEND_DELETE;
    /** After this time no answer is waited for any more. */
    private static final long TIMEOUT = 2 * World.SECOND;

    /** What went wrong with the signals; empty in a right world. */
    final List<String> faults = new ArrayList<>();
    /** True times of the grants, without those that were given back. */
    final List<Long> grants = new ArrayList<>();

    /** What the rule allows for the calls that were made. */
    final RuleRate rule = new RuleRate();

    int asked;
    int granted;
    int cancelled;
    int failed;
    /** As many callers wait at any time: a new one comes for each that is granted. */
    private int standing;

    private final World world;
    private final Pacer pacer;
    private final ModelServer server;
    private Behaviour behaviour;
    private final long start;
    private int lastGranted = -1;

    Callers(World world, Pacer pacer, ModelServer server, Behaviour behaviour) {
        this.world = world;
        this.pacer = pacer;
        this.server = server;
        this.behaviour = behaviour;
        this.start = world.now();
    }

    void behave(Behaviour other) {
        behaviour = other;
    }

    /** From now on so many callers wait, until the next call of this method. */
    void keepWaiting(int callers) {
        int more = callers - standing;
        standing = callers;
        call(more);
    }

    void call(int callers) {
        for (int i = 0; i < callers; i++) {
            new Caller(asked++).ask();
        }
    }

    int waiting() {
        return asked - granted - cancelled - failed;
    }

    private final class Caller implements CoreSubscriber<Permit> {

        private final int number;
        private @Nullable Subscription subscription;
        private boolean isCancelled;
        private boolean isDone;
        private boolean isGranted;

        Caller(int number) {
            this.number = number;
        }

        void ask() {
            pacer.acquire(API).subscribe(this);
            if (world.chance(behaviour.cancels())) {
                world.onClient(world.upTo(world.chance(0.5) ? 20 * MILLI : 3 * SECOND), this::cancel);
            }
        }

        private void cancel() {
            if (!isDone && !isCancelled && subscription != null) {
                isCancelled = true;
                cancelled++;
                subscription.cancel();
                replace();
            }
        }

        @Override
        public void onSubscribe(Subscription s) {
            subscription = s;
            s.request(1);
        }

        @Override
        public void onNext(Permit permit) {
            if (isCancelled || isDone || isGranted) {
                faults.add("caller " + number + " got a permit too many");
            }
            if (number < lastGranted) {
                faults.add("caller " + number + " after caller " + lastGranted);
            }
            lastGranted = number;
            isGranted = true;
            granted++;
            grants.add(world.now());
            boolean cold = world.now() - start < behaviour.coldFor();
            long lag = world.upTo(cold ? behaviour.coldLag() : behaviour.lag());
            if (subscription != null && world.chance(behaviour.cancels() / 10)) {
                subscription.cancel(); // too late to matter: whoever holds the permit gives it back
                giveBack(permit, world.now());
            } else if (world.chance(behaviour.givesBack())) {
                long at = world.now();
                world.onClient(lag, () -> giveBack(permit, at));
            } else if (lag == 0) {
                write(permit);
            } else {
                world.onClient(lag, () -> write(permit));
            }
            replace();
        }

        private void giveBack(Permit permit, long at) {
            grants.remove(at);
            permit.giveBack();
            permit.giveBack();
            permit.answered(); // means nothing now
        }

        private void replace() {
            if (waiting() < standing) {
                call(1);
            }
        }

        private void write(Permit permit) {
            Behaviour how = behaviour;
            long written = world.now();
            world.atService(how.travel() + world.upTo(how.jitter()), () -> {
                boolean taken = server.arrive();
                if (world.chance(how.silent())) {
                    world.onClient(TIMEOUT, permit::abandoned);
                    return;
                }
                long service = how.serviceLeast() + world.upTo(how.serviceMost() - how.serviceLeast());
                world.onClient(taken ? service : how.serviceLeast(), () -> {
                    rule.exchanged(written, world.now());
                    permit.answered();
                    permit.abandoned(); // means nothing now
                    if (!taken) {
                        pacer.slowDown(API);
                    }
                });
            });
            permit.written();
            if (world.chance(0.1)) {
                permit.written();
                permit.giveBack(); // too late
            }
        }

        @Override
        public void onError(Throwable error) {
            if (isDone || isCancelled) {
                faults.add("caller " + number + " got an error too many");
            }
            isDone = true;
            failed++;
        }

        @Override
        public void onComplete() {
            if (isDone || !isGranted) {
                faults.add("caller " + number + " completed without a permit");
            }
            isDone = true;
        }
    }
}
