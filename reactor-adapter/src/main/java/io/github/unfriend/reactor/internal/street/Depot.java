/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where accounts wait for their call: gathered for their owner, cut in pieces and due at once, or resting after a
 * failure of their own. Decides which batch goes next and whether it should wait for more company. Not thread-safe.
 */
final class Depot {

    /** A group this many linger times old goes before any fuller one. */
    private static final int PATIENCE = 20;

    private final Gatherer gatherer;
    /** Where a call carries one account: those on their way. In batches the gatherer meets what comes twice. */
    private final @Nullable Set<String> present;

    private final long linger;
    private final Deque<Batch> pieces = new ArrayDeque<>();
    private final Map<String, Deque<Batch>> parked = new HashMap<>();
    private final Set<Batch> resting = new LinkedHashSet<>();
    private long apart;

    Depot(int maxBatch, long lingerNanos) {
        this.gatherer = new Gatherer(maxBatch);
        this.present = maxBatch == 1 ? new HashSet<>() : null;
        this.linger = lingerNanos;
    }

    /** Accounts that wait here in any form. */
    long size() {
        return gatherer.held() + apart;
    }

    /** A new account; false if the same one waits already, or is on its way alone. */
    boolean add(String fromAccount, String toAccount, long now) {
        return (present == null || present.add(fromAccount)) && gatherer.add(fromAccount, toAccount, Trace.FRESH, now);
    }

    /** An account has its result: the same one may come again. */
    void answered(String fromAccount) {
        if (present != null) {
            present.remove(fromAccount);
        }
    }

    /** A part of a batch that was cut in half. */
    void addPiece(Batch batch) {
        pieces.add(batch);
        apart += batch.size();
    }

    /** A batch whose owner is being served by another call. */
    void park(Batch batch) {
        parked.computeIfAbsent(batch.fromAccount(), owner -> new ArrayDeque<>()).add(batch);
        apart += batch.size();
    }

    /** The owner may be free: its batches are due again, behind the pieces that are. */
    void unpark(String fromAccount) {
        Deque<Batch> batches = parked.remove(fromAccount);
        if (batches != null) {
            pieces.addAll(batches);
        }
    }

    /** Accounts that failed by themselves and wait apart until {@link #endRest}. */
    void rest(Batch batch) {
        resting.add(batch);
        apart += batch.size();
    }

    /**
     * Lets rested accounts join whatever is gathered for their owner by now.
     *
     * @param whole whether they stay together as they are
     * @return how many of them had come a second time meanwhile: both end in one result
     */
    int endRest(Batch batch, boolean whole, long now) {
        if (!resting.remove(batch)) {
            return 0;
        }
        apart -= batch.size();
        if (whole) {
            addPiece(batch);
            return 0;
        }
        int met = 0;
        for (var account : batch.accounts().entrySet()) {
            if (!gatherer.add(batch.fromAccount(), account.getKey(), account.getValue(), now)) {
                met++;
            }
        }
        return met;
    }

    /**
     * The batch that should leave now.
     *
     * @param noMore whether the source has ended, or there is no room for what it may still send
     * @return null if none should
     */
    @Nullable
    Batch next(boolean noMore, long now) {
        Batch piece = pieces.poll();
        if (piece != null) {
            apart -= piece.size();
            return piece;
        }
        Batch full = gatherer.pollFull();
        if (full != null || !gatherer.hasOpen()) {
            return full;
        }
        if (noMore) {
            return gatherer.pollFullest();
        }
        long age = now - gatherer.oldestSince();
        if (age < linger) {
            return null;
        }
        return age < PATIENCE * linger ? gatherer.pollFullest() : gatherer.pollOldest();
    }

    /** When {@link #next} will have something that it has not now; to be asked only after it said null. */
    long nextAt() {
        return gatherer.hasOpen() ? gatherer.oldestSince() + linger : Long.MAX_VALUE;
    }

    /** Gives everything away, in no order. */
    void empty(Consumer<Batch> taker) {
        resting.forEach(taker);
        resting.clear();
        pieces.forEach(taker);
        pieces.clear();
        parked.values().forEach(batches -> batches.forEach(taker));
        parked.clear();
        apart = 0;
        Batch batch;
        while ((batch = gatherer.pollFullest()) != null) {
            taker.accept(batch);
        }
    }
}
