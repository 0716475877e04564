/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The From_Accounts whose writes met each other once (30008): from then on they are served one call at a time, over all
 * streams of the gateway, while all others keep their parallelism. One that had no conflict for some minutes is forgotten.
 * Bounded: when too many are known, the one that was noted first is forgotten. Both are noted again if they conflict
 * again. Lock-free.
 */
public final class SerializedAccounts {

    private static final int MOST = 10_000;
    private static final long REMEMBERED = Duration.ofMinutes(5).toNanos();

    private final LongSupplier nanos;

    private final ConcurrentMap<String, Turn> turns = new ConcurrentHashMap<>();
    private final Queue<String> inOrder = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /**
     * Nobody is known yet.
     *
     * @param nanos the clock
     */
    public SerializedAccounts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Noted: from now on this From_Account is served one call at a time. */
    public void add(String owner) {
        long now = nanos.getAsLong();
        Turn known = turns.putIfAbsent(owner, new Turn(now));
        if (known != null) {
            known.latestConflict = now;
        } else {
            inOrder.add(owner);
            if (size.incrementAndGet() > MOST) {
                forgetFirst();
            }
        }
    }

    private void forgetFirst() {
        String first = inOrder.poll();
        if (first != null) {
            size.decrementAndGet();
            Turn turn = turns.remove(first);
            if (turn != null) {
                turn.wakeAll();
            }
        }
    }

    int size() {
        return size.get();
    }

    /** Whether this From_Account is served one call at a time. */
    public boolean contains(String owner) {
        Turn turn = turns.get(owner);
        if (turn != null && nanos.getAsLong() - turn.latestConflict > REMEMBERED && turns.remove(owner, turn)) {
            inOrder.remove(owner);
            size.decrementAndGet();
            turn.wakeAll();
            return false;
        }
        return turn != null;
    }

    /**
     * Takes the turn of an owner, who must be known here.
     *
     * @param whenFree told, maybe more than once, when it is worth asking again
     * @return the turn, to be given back; or null if somebody else has it
     */
    public @Nullable Turn enter(String owner, Runnable whenFree) {
        Turn turn = turns.get(owner);
        if (turn == null) {
            return new Turn(0); // forgotten meanwhile
        }
        return turn.take(whenFree) ? turn : null;
    }

    /** Who may call for one owner. */
    public static final class Turn {

        private volatile long latestConflict;

        private Turn(long latestConflict) {
            this.latestConflict = latestConflict;
        }

        private final AtomicBoolean taken = new AtomicBoolean();
        private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

        private boolean take(Runnable whenFree) {
            if (taken.compareAndSet(false, true)) {
                return true;
            }
            waiting.add(whenFree);
            if (!taken.get()) {
                wakeAll(); // given back while we queued
            }
            return false;
        }

        /** Lets the next one have it. */
        public void giveBack() {
            taken.set(false);
            wakeAll();
        }

        /** All, not the first: one that was cancelled meanwhile would take the word and pass it on to nobody. */
        private void wakeAll() {
            Runnable next;
            while ((next = waiting.poll()) != null) {
                next.run();
            }
        }
    }
}
