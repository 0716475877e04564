/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import static io.github.unfriend.reactor.internal.pacing.World.MILLI;
import static io.github.unfriend.reactor.internal.pacing.World.SECOND;

import io.github.unfriend.reactor.Permit;
import io.github.unfriend.reactor.internal.lease.LeaseConfig;
import io.github.unfriend.reactor.internal.lease.LeaseKeeper;
import io.github.unfriend.reactor.internal.lease.LeaseReply;
import io.github.unfriend.reactor.internal.lease.LeaseRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Many processes in virtual time that lease places from one {@link ModelRedis}. They stall, die and have clocks of their
 * own.
 */
final class LeaseWorld {

    static final int LIMIT = 200;

    final World world;
    final ModelServer service;
    final ModelRedis redis;
    final List<Instance> processes = new ArrayList<>();
    private final LeaseConfig config;

    long jitter = 2 * MILLI;
    /** A mistake: a place is given back one second after the write of its call, wherever that call is by then. */
    boolean givesBackAfterTheWrite;

    LeaseWorld(World world, ModelRedis redis, LeaseConfig config) {
        this.world = world;
        this.service = new ModelServer(world);
        this.redis = redis;
        this.config = config;
    }

    Instance start() {
        Instance process = new Instance(processes.size(), (world.random.nextDouble() - 0.5) / 2_500);
        processes.add(process);
        return process;
    }

    /** One process: its pacer, its lease and its callers. */
    final class Instance implements Scheduler {

        final int number;
        private final double drift;
        private final SlidingPacer pacer;
        private final LeaseKeeper keeper;
        private int standing;
        private int waiting;
        private long stalledUntil;
        private boolean isDead;
        private final Deque<Long> writes = new ArrayDeque<>();
        int calls;
        int grantedWhileAway;
        List<Throwable> failures = new ArrayList<>();

        Instance(int number, double drift) {
            this.number = number;
            this.drift = drift;
            this.stalledUntil = world.now();
            this.pacer = new SlidingPacer(
                    new SlidingPacerConfig(LIMIT, 10 * MILLI, SlidingPacerConfig.NO_CAP, 100_000, this::clock), this);
            this.keeper = new LeaseKeeper(
                    givesBackAfterTheWrite ? new Hasty(pacer.places(Callers.API)) : pacer.places(Callers.API),
                    request -> redis.ask("process-" + number, request, reply -> later(0, reply)),
                    config,
                    this,
                    0,
                    new LeaseKeeper.LeaseWatcher() {
                        @Override
                        public void answered(LeaseRequest request, LeaseReply reply) {}

                        @Override
                        public void failed(Throwable error) {
                            failures.add(error);
                        }
                    });
        }

        long clock() {
            return (long) (world.now() * (1 + drift));
        }

        int held() {
            return pacer.of(Callers.API).held();
        }

        /** So many callers wait from now on. */
        void keepWaiting(int callers) {
            standing = pacer.isDisposed() ? 0 : callers;
            refill();
        }

        void kill() {
            isDead = true;
        }

        void stall(long duration) {
            stalledUntil = Math.max(stalledUntil, world.now() + duration);
        }

        void close() {
            standing = 0;
            keeper.close();
            pacer.dispose();
        }

        private void refill() {
            while (waiting < standing) {
                waiting++;
                pacer.acquire(Callers.API).doOnRequest(n -> keeper.wake()).subscribe(this::granted, error -> waiting--);
            }
        }

        private void granted(Permit permit) {
            waiting--;
            calls++;
            grantedWhileAway += redis.isAway ? 1 : 0;
            world.atService(MILLI + world.upTo(jitter), () -> {
                service.arrive();
                later(20 * MILLI + world.upTo(10 * MILLI), permit::answered);
            });
            permit.written();
            writes.addLast(clock());
            later(MILLI / 10, this::refill);
        }

        private final class Hasty implements LeasedPlaces {
            private final LeasedPlaces places;

            Hasty(LeasedPlaces places) {
                this.places = places;
            }

            @Override
            public long now() {
                return places.now();
            }

            @Override
            public void execute(Runnable task) {
                places.execute(task);
            }

            @Override
            public int waiting() {
                return places.waiting();
            }

            @Override
            public int notTransferable() {
                while (!writes.isEmpty() && writes.getFirst() <= clock() - SECOND) {
                    writes.removeFirst();
                }
                return writes.size();
            }

            @Override
            public void places(int own, int leased, long until) {
                places.places(own, leased, until);
            }
        }

        /** Something happens in this process, unless it is dead; later, if it stands still. */
        void later(long delay, Runnable what) {
            world.onServer(delay, () -> {
                if (world.now() < stalledUntil && !isDead) {
                    later(stalledUntil - world.now(), what);
                } else if (!isDead) {
                    what.run();
                }
            });
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            boolean[] disposed = new boolean[1];
            later(
                    (long) (unit.toNanos(delay) / (1 + drift)) + 100,
                    () -> { // never early
                        if (!disposed[0]) {
                            task.run();
                        }
                    });
            return () -> disposed[0] = true;
        }

        @Override
        public Disposable schedule(Runnable task) {
            return schedule(task, 0, TimeUnit.NANOSECONDS);
        }

        @Override
        public Worker createWorker() {
            throw new UnsupportedOperationException("no worker is needed");
        }
    }

    /** Most calls of all processes together in any second. */
    int most() {
        return service.mostInOneSecond();
    }

    double mean(long from, long to) {
        return service.meanInASecond(from, to);
    }

    double rate(long from, long to) {
        return service.taken(from, to) / ((to - from) / (double) SECOND);
    }
}
