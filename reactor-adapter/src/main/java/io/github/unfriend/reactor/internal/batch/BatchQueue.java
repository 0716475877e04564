/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one stream that wait for their call: gathered for their owner, cut in pieces and due at once, parked until their
 * owner's turn, or resting after a failure. Decides which batch goes next and whether it should wait for more accounts.
 * Knows each account that has no result, so that one that comes again while the first waits is sent once. Not
 * thread-safe.
 */
public final class BatchQueue<T> {

    /** Owners that are served one call at a time may fill this part of what may be held: the rest is for others. */
    private static final int MOST_PARKED_PART = 4;

    private final BatchingOptions options;
    private final AccountBatcher<T> batcher;
    private final Owners<T> owners = new Owners<>();
    private final Deque<Batch<T>> pieces = new ArrayDeque<>();
    private final ParkedBatches<T> parked;
    private final Set<Batch<T>> resting = new LinkedHashSet<>();
    /** Parts of halved batches that wait for other parts. */
    private final Set<Batch<T>> parts = new LinkedHashSet<>();

    private long held;
    private long inParts;

    /**
     * An empty queue.
     *
     * @param options how accounts are gathered
     */
    public BatchQueue(BatchingOptions options) {
        this.options = options;
        this.batcher = new AccountBatcher<>(options.maxBatch(), options.maxHeld());
        this.parked = new ParkedBatches<>(options.maxBatch());
    }

    /** From_Accounts that have accounts without a result. */
    int owners() {
        return owners.size();
    }

    /** Elements that wait here in any form. */
    public long held() {
        return held;
    }

    /** Whether so much may leave, and would not get fuller by waiting, that no more need be asked for. */
    public boolean hasEnough() {
        long ready = batcher.inFullGroups();
        for (Batch<T> piece : pieces) {
            ready += piece.elements();
        }
        return ready >= options.enough()
                || batcher.stale() != null
                || parked.elements() >= options.maxHeld() / MOST_PARKED_PART;
    }

    /**
     * A new element.
     *
     * @return the batch with which it leaves, since a call was started for that; null if it waits here
     */
    public @Nullable Batch<T> add(Pending<T> element, long now) {
        element.since = now;
        Owner<T> owner = owners.of(element.fromAccount());
        Batch<T> same = owner.joinSame(element);
        if (same != null) {
            return joined(same);
        }
        Batch<T> started = owner.started;
        if (started != null && started.join(element, options.maxBatch())) {
            return joined(started);
        }
        batcher.add(owner, element, now);
        held++;
        return null;
    }

    private @Nullable Batch<T> joined(Batch<T> batch) {
        if (batch.travels()) {
            return batch;
        }
        held++;
        batcher.passed();
        return null;
    }

    /** An account has its results, or will have none: the same one may come again. */
    public void forget(Pending<T> account) {
        owners.forget(account);
    }

    /** The call of this batch was started: until it leaves, accounts of its owner may join it. */
    public void mayBeJoined(Batch<T> batch) {
        Owner<T> owner = options.joins() ? owners.find(batch.fromAccount()) : null;
        if (owner != null) {
            owner.started = batch;
        }
    }

    /** A part of a batch that was cut in half, or one whose turn it is again. */
    public void addPiece(Batch<T> batch) {
        if (batch.halving() == null) {
            pieces.add(batch);
        } else {
            pieces.addFirst(batch);
        }
        held += batch.elements();
    }

    /** A batch whose owner is being served by another call. */
    public void park(Batch<T> batch) {
        held += batch.elements();
        parked.add(batch);
    }

    /** Whether batches of this owner are parked. */
    public boolean hasParked(String fromAccount) {
        return parked.has(fromAccount);
    }

    /** The owner may be free: its batches are due again, behind the pieces that are. */
    public void unpark(String fromAccount) {
        for (Batch<T> batch : parked.take(fromAccount)) {
            held -= batch.elements();
            addPiece(batch);
        }
    }

    /** Accounts that failed by themselves and wait apart until {@link #endRest}. */
    public void rest(Batch<T> batch) {
        resting.add(batch);
        held += batch.elements();
    }

    /** A part of a halved batch that waits for other parts, until it is {@linkplain #release released}. */
    public void hold(Batch<T> part) {
        parts.add(part);
        held += part.elements();
        inParts += part.elements();
    }

    /** Takes a part away: it goes now, or has its results. */
    public void release(Batch<T> part) {
        if (parts.remove(part)) {
            held -= part.elements();
            inParts -= part.elements();
        }
    }

    /** How many parts wait. */
    public int parts() {
        return parts.size();
    }

    /** Elements of the parts that wait: their results will come without another batch. */
    public long inParts() {
        return inParts;
    }

    /**
     * Lets rested accounts join whatever is gathered for their owner by now.
     *
     * @param whole whether they stay together as they are
     */
    public void endRest(Batch<T> batch, boolean whole, long now) {
        if (!resting.remove(batch)) {
            return;
        }
        if (whole) {
            held -= batch.elements();
            addPiece(batch);
            return;
        }
        for (Pending<T> account : batch.accounts()) {
            Owner<T> owner = owners.of(account.fromAccount());
            if (!owner.gathersSame(account)) {
                batcher.add(owner, account, now);
            }
        }
    }

    /** The part of a halved batch that is due: it belongs to a call that was started. Null if none is. */
    public @Nullable Batch<T> nextPart() {
        Batch<T> piece = pieces.peek();
        return piece != null && piece.halving() != null ? piece : null;
    }

    /**
     * The batch that should leave now; stays here until it is {@linkplain #take taken}.
     *
     * @param noMore whether the source has ended, or there is no room for what it may still send
     * @return null if none should
     */
    public @Nullable Batch<T> next(boolean noMore, long now) {
        Batch<T> piece = pieces.peek();
        return piece != null ? piece : batcher.next(options, noMore, now);
    }

    /** Takes what {@link #next} gave. */
    public void take(Batch<T> batch) {
        if (pieces.peek() == batch) {
            pieces.poll();
        } else {
            batcher.take((Group<T>) batch);
        }
        held -= batch.elements();
    }

    /** Takes elements out of a batch that waits here; the others keep their turn. */
    public List<Pending<T>> takeOut(Batch<T> batch, Predicate<Pending<T>> unwanted) {
        Group<T> group = batch instanceof Group<T> some && some.gathered ? some : null;
        if (group != null) {
            batcher.beforeChange(group);
        }
        List<Pending<T>> taken = batch.takeOut(unwanted);
        held -= taken.size();
        if (parts.contains(batch)) {
            inParts -= taken.size();
        }
        if (group != null) {
            batcher.changed(group);
            if (!group.gathered && !group.isEmpty()) {
                pieces.add(group); // it was full
            }
        }
        parked.shrank(batch, taken.size());
        if (batch.isEmpty()) {
            pieces.remove(batch);
            resting.remove(batch);
            parts.remove(batch);
        }
        return taken;
    }

    /** When {@link #next} will have something that it has not now; to be asked only after it said null. */
    public long nextAt() {
        Group<T> oldest = batcher.oldest();
        return oldest == null ? Long.MAX_VALUE : oldest.since + options.linger();
    }

    /** Gives everything away, in no order. */
    public void empty(Consumer<Batch<T>> taker) {
        held = 0;
        inParts = 0;
        parts.forEach(taker);
        parts.clear();
        resting.forEach(taker);
        resting.clear();
        pieces.forEach(taker);
        pieces.clear();
        parked.empty(taker);
        batcher.empty(taker);
    }
}
