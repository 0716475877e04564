/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where accounts wait for their call: gathered for their owner, cut in pieces and due at once, parked until their
 * owner's turn, or resting after a failure. Decides which batch goes next and whether it should wait for more accounts.
 * Knows each account that has no result, so that one that comes again while the first waits is sent once. Not
 * thread-safe.
 */
final class Depot<T> {

    /** A group this many linger times old goes before any fuller one. */
    private static final int PATIENCE = 20;
    /** Owners that are served one call at a time may fill this part of what may be held: the rest is for others. */
    private static final int MOST_PARKED_PART = 4;

    private final Gathering gathering;
    private final Gatherer<T> gatherer;
    private final Map<String, Owner<T>> owners = new HashMap<>();
    private final Deque<Batch<T>> pieces = new ArrayDeque<>();
    private final Map<String, Deque<Batch<T>>> parked = new HashMap<>();
    private final Set<Batch<T>> resting = new LinkedHashSet<>();
    private long held;
    /** Elements of owners whose turn it is not. */
    private long inParked;

    Depot(Gathering gathering) {
        this.gathering = gathering;
        this.gatherer = new Gatherer<>(gathering.maxBatch(), gathering.maxHeld());
    }

    /** Elements that wait here in any form. */
    long held() {
        return held;
    }

    /** Whether so much may leave, and would not get fuller by waiting, that no more need be asked for. */
    boolean hasEnough() {
        long ready = gatherer.inFullGroups();
        for (Batch<T> piece : pieces) {
            ready += piece.elements();
        }
        return ready >= gathering.enough()
                || gatherer.stale() != null
                || inParked >= gathering.maxHeld() / MOST_PARKED_PART;
    }

    /**
     * A new element.
     *
     * @return the call that it goes with, or null if it waits here
     */
    @Nullable
    Call<T> add(Pending<T> element, long now) {
        element.since = now;
        Owner<T> owner = owners.computeIfAbsent(element.fromAccount, Owner::new);
        Pending<T> same = owner.latest.putIfAbsent(element.toAccount, element);
        if (same != null) {
            for (Pending<T> each = same; each != null; each = each.liveBefore()) {
                Batch<T> batch = each.batch;
                if (batch != null && batch.joinSame(each, element)) {
                    return joined(batch);
                }
            }
            element.earlier = same.batch == null ? same.liveBefore() : same;
            owner.latest.put(element.toAccount, element); // the first has left: this one is sent again
        }
        Batch<T> started = owner.started;
        if (started != null && started.join(element, gathering.maxBatch())) {
            return joined(started);
        }
        gatherer.add(owner, element, now);
        held++;
        return null;
    }

    private @Nullable Call<T> joined(Batch<T> batch) {
        if (batch.call() == null) {
            held++;
            gatherer.passed();
        }
        return batch.call();
    }

    /** An account has its results, or will have none: the same one may come again. */
    void forget(Pending<T> account) {
        for (Pending<T> each = account; each != null; each = each.next) {
            each.batch = null;
        }
        Owner<T> owner = owners.get(account.fromAccount);
        if (owner == null || owner.latest.get(account.toAccount) != account) {
            return;
        }
        Pending<T> earlier = account.liveBefore();
        if (earlier != null) {
            owner.latest.put(account.toAccount, earlier);
        } else {
            owner.latest.remove(account.toAccount);
            if (owner.latest.isEmpty()) {
                owners.remove(account.fromAccount);
            }
        }
    }

    /** The call of this batch was started: until it leaves, accounts of its owner may join it. */
    void mayBeJoined(Batch<T> batch) {
        Owner<T> owner = gathering.joins() ? owners.get(batch.fromAccount()) : null;
        if (owner != null) {
            owner.started = batch;
        }
    }

    /** A part of a batch that was cut in half, or one whose turn it is again. */
    void addPiece(Batch<T> batch) {
        pieces.add(batch);
        held += batch.elements();
    }

    /** A batch whose owner is being served by another call. */
    void park(Batch<T> batch) {
        Deque<Batch<T>> batches = parked.computeIfAbsent(batch.fromAccount(), owner -> new ArrayDeque<>());
        held += batch.elements();
        inParked += batch.elements();
        Batch<T> last = batches.peekLast();
        if (last == null || !last.addAll(batch, gathering.maxBatch())) {
            batches.add(batch);
        }
    }

    boolean hasParked(String fromAccount) {
        return parked.containsKey(fromAccount);
    }

    /** The owner may be free: its batches are due again, behind the pieces that are. */
    void unpark(String fromAccount) {
        Deque<Batch<T>> batches = parked.remove(fromAccount);
        if (batches != null) {
            for (Batch<T> batch : batches) {
                held -= batch.elements();
                inParked -= batch.elements();
                addPiece(batch);
            }
        }
    }

    /** Accounts that failed by themselves and wait apart until {@link #endRest}. */
    void rest(Batch<T> batch) {
        resting.add(batch);
        held += batch.elements();
    }

    /**
     * Lets rested accounts join whatever is gathered for their owner by now.
     *
     * @param whole whether they stay together as they are
     */
    void endRest(Batch<T> batch, boolean whole, long now) {
        if (!resting.remove(batch)) {
            return;
        }
        if (whole) {
            held -= batch.elements();
            addPiece(batch);
            return;
        }
        for (Pending<T> account : batch.accounts()) {
            gatherAgain(account, now);
        }
    }

    /** If the same account has come meanwhile and waits, both go as one. */
    private void gatherAgain(Pending<T> account, long now) {
        Owner<T> owner = owners.computeIfAbsent(account.fromAccount, Owner::new);
        Pending<T> latest = owner.latest.putIfAbsent(account.toAccount, account);
        Group<T> open = owner.open;
        for (Pending<T> each = latest; each != null && open != null; each = each.earlier) {
            if (each != account && each.batch == open) {
                each.trace = each.trace.and(account.trace);
                open.chain(each, account);
                return;
            }
        }
        gatherer.add(owner, account, now);
    }

    /**
     * The batch that should leave now; stays here until it is {@linkplain #take taken}.
     *
     * @param noMore whether the source has ended, or there is no room for what it may still send
     * @return null if none should
     */
    @Nullable
    Batch<T> next(boolean noMore, long now) {
        Batch<T> piece = pieces.peek();
        return piece != null ? piece : group(noMore, now);
    }

    private @Nullable Group<T> group(boolean noMore, long now) {
        Group<T> full = gatherer.full();
        if (gathering.joins()) {
            Group<T> oldest = gatherer.oldest(); // callers are served in their order
            return full == null || (oldest != null && oldest.since < full.since) ? oldest : full;
        }
        if (full != null) {
            return full;
        }
        Group<T> stale = gatherer.stale();
        if (stale != null) {
            return stale;
        }
        if (noMore) {
            return gatherer.fullest();
        }
        Group<T> oldest = gatherer.oldest();
        if (oldest == null || now - oldest.since < gathering.linger()) {
            return null;
        }
        return now - oldest.since < PATIENCE * gathering.linger() ? gatherer.fullest() : oldest;
    }

    /** Takes what {@link #next} gave. */
    void take(Batch<T> batch) {
        if (pieces.peek() == batch) {
            pieces.poll();
        } else {
            gatherer.take((Group<T>) batch);
        }
        held -= batch.elements();
    }

    /** Takes elements out of a batch that waits here; the others keep their turn. */
    List<Pending<T>> takeOut(Batch<T> batch, Predicate<Pending<T>> unwanted) {
        Group<T> group = batch instanceof Group<T> some && some.gathered ? some : null;
        if (group != null) {
            gatherer.beforeChange(group);
        }
        List<Pending<T>> taken = batch.takeOut(unwanted);
        held -= taken.size();
        if (group != null) {
            gatherer.changed(group);
            if (!group.gathered && !group.isEmpty()) {
                pieces.add(group); // it was full
            }
        }
        Deque<Batch<T>> others = parked.get(batch.fromAccount());
        if (others != null && others.contains(batch)) {
            inParked -= taken.size();
        }
        if (batch.isEmpty()) {
            pieces.remove(batch);
            resting.remove(batch);
            if (others != null) {
                others.remove(batch);
            }
        }
        return taken;
    }

    /** When {@link #next} will have something that it has not now; to be asked only after it said null. */
    long nextAt() {
        Group<T> oldest = gatherer.oldest();
        return oldest == null ? Long.MAX_VALUE : oldest.since + gathering.linger();
    }

    /** Gives everything away, in no order. */
    void empty(Consumer<Batch<T>> taker) {
        held = 0;
        inParked = 0;
        resting.forEach(taker);
        resting.clear();
        pieces.forEach(taker);
        pieces.clear();
        parked.values().forEach(batches -> batches.forEach(taker));
        parked.clear();
        gatherer.empty(taker);
    }
}
