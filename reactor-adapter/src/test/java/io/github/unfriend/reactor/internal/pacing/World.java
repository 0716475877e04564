/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.pacing;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Virtual time for a client and a server. True time is the server's; the client may stall (its events wait, as in a
 * garbage collection) and its clock may lose time (stand still or step backwards). Everything random comes from one
 * seed, so every run can be repeated.
 */
final class World implements Scheduler {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    private record Event(long time, long order, boolean ofClient, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(order, other.order);
        }
    }

    final Random random;
    /** By how much timers ring late at most. */
    long timerLateness;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long order;
    private long stalledUntil;
    private long heldUpUntil;
    private long lost;
    private long frozenAt;
    private long frozenUntil;
    private long timers;

    World(long seed) {
        random = new Random(seed);
        now = random.nextInt(); // nanoTime has no meaningful origin, and may be negative
        stalledUntil = now;
        heldUpUntil = now;
        frozenUntil = now;
    }

    /** True time. */
    long now() {
        return now;
    }

    /** What the client reads as time. */
    long clock() {
        return now < frozenUntil ? frozenAt : now - lost;
    }

    /** How often the pacer set a timer. */
    long timers() {
        return timers;
    }

    void onClient(long delay, Runnable what) {
        events.add(new Event(now + Math.max(0, delay), order++, true, what));
    }

    void onServer(long delay, Runnable what) {
        events.add(new Event(now + Math.max(0, delay), order++, false, what));
    }

    /** Something arrives at the service, and waits there while its process stands still. */
    void atService(long delay, Runnable what) {
        onServer(delay, () -> {
            if (now < heldUpUntil) {
                atService(heldUpUntil - now, what);
            } else {
                what.run();
            }
        });
    }

    /** The service takes nothing for a time, and then everything that has come. */
    void holdUp(long duration) {
        heldUpUntil = Math.max(heldUpUntil, now + duration);
    }

    /** The client does nothing for a time, and then everything that was due; its clock shows that time has passed. */
    void stall(long duration) {
        stalledUntil = Math.max(stalledUntil, now + duration);
    }

    /** The client's clock stands still for a time and goes on from there. */
    void freezeClock(long duration) {
        frozenAt = clock();
        frozenUntil = now + duration;
        lost = frozenUntil - frozenAt;
    }

    void stepClockBack(long by) {
        if (now >= frozenUntil) {
            lost += by;
        }
    }

    void runFor(long duration) {
        long end = now + duration;
        Event next;
        while ((next = events.peek()) != null && next.time() <= end) {
            events.remove();
            now = next.time();
            if (next.ofClient() && now < stalledUntil) {
                events.add(new Event(stalledUntil, next.order(), true, next.what()));
            } else {
                next.what().run();
            }
        }
        now = end;
    }

    /** Up to a bound, evenly. */
    long upTo(long most) {
        return most == 0 ? 0 : (long) (random.nextDouble() * most);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        timers++;
        boolean[] disposed = new boolean[1];
        onClient(unit.toNanos(delay) + upTo(timerLateness), () -> {
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
        throw new UnsupportedOperationException("the pacer needs no worker");
    }
}
