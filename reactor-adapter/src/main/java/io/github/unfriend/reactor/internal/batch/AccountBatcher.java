/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers accounts that come in any order into groups of one From_Account each. A group leaves when it is full, or when
 * it is stale: it has not grown while {@code reach} other accounts came in. So at most {@code reach} groups wait.
 *
 * <p>The reach adapts. An account is late if its group has not grown for half the reach, or has left stale. If one account
 * in 64 is late, a longer reach makes fuller groups: it doubles, up to all that may be held. Else it halves, down to a
 * 32nd of that.
 *
 * <p>Groups are chained by size, age and last growth: adding an account and finding the fullest, oldest or most stale
 * group cost the same for one owner or a hundred thousand. Not thread-safe.
 */
final class AccountBatcher<T> {

    private static final int LEAST_PART = 32;
    /** A group this many linger times old goes before any fuller one. */
    private static final int PATIENCE = 20;
    /** A power of two; of more owners some are forgotten. */
    private static final int DEPARTED = 1 << 15;

    private final int maxBatch;
    private final int leastReach;
    private final int mostReach;
    private final Deque<Group<T>> full = new ArrayDeque<>();
    private final @Nullable GroupChain<T>[] bySize; // most sizes never occur
    private final GroupChain<T> byAge = new GroupChain<>(GroupChain.AGE);
    private final GroupChain<T> byGrowth = new GroupChain<>(GroupChain.GROWTH);
    private int fullest;
    private long added;
    private int reach;
    private int sinceChange;
    private int late;
    /** Hashes of owners whose groups left stale; made when there is the first. */
    private int @Nullable [] departed;

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no generic arrays
    AccountBatcher(int maxBatch, int maxHeld) {
        this.maxBatch = maxBatch;
        this.mostReach = maxHeld;
        this.leastReach = Math.max(1, maxHeld / LEAST_PART);
        this.reach = leastReach;
        this.bySize = new GroupChain[maxBatch + 1];
    }

    /** Takes an account in that its group has not yet. */
    void add(Owner<T> owner, Pending<T> account, long now) {
        Group<T> group = owner.open;
        if (group == null) {
            group = new Group<>(owner, now);
            owner.open = group;
            byAge.append(group);
            byGrowth.append(group);
            if (departed != null && departed[slot(owner)] == owner.fromAccount.hashCode()) {
                late++;
            }
        } else {
            ofSize(group.size()).remove(group);
            byGrowth.moveToEnd(group);
            if (added - group.grewAt >= reach / 2) {
                late++;
            }
        }
        group.add(account);
        group.grewAt = ++added;
        adaptReach();
        if (group.size() == maxBatch) {
            owner.open = null;
            byAge.remove(group);
            byGrowth.remove(group);
            full.add(group);
        } else {
            ofSize(group.size()).append(group);
            fullest = Math.max(fullest, group.size());
        }
    }

    private int slot(Owner<T> owner) {
        int hash = owner.fromAccount.hashCode();
        return (hash ^ (hash >>> 16)) & (DEPARTED - 1);
    }

    /** An element came for an account that waits already. */
    void passed() {
        added++;
    }

    private void adaptReach() {
        if (++sinceChange >= reach) {
            boolean isOfUse = late * 2L * LEAST_PART >= reach;
            reach = isOfUse ? Math.min(mostReach, 2 * reach) : Math.max(leastReach, reach / 2);
            sinceChange = 0;
            late = 0;
        }
    }

    private GroupChain<T> ofSize(int size) {
        GroupChain<T> chain = bySize[size];
        if (chain == null) {
            chain = new GroupChain<>(GroupChain.SIZE);
            bySize[size] = chain;
        }
        return chain;
    }

    /** The full group that has been full longest. */
    @Nullable
    Group<T> full() {
        return full.peek();
    }

    /** Accounts in full groups. */
    long inFullGroups() {
        return (long) full.size() * maxBatch;
    }

    /** The group that has not grown for the longest time, if waiting longer would hardly make it fuller. */
    @Nullable
    Group<T> stale() {
        Group<T> group = byGrowth.first();
        return group != null && added - group.grewAt >= reach ? group : null;
    }

    /** The fullest group that is not full. */
    @Nullable
    Group<T> fullest() {
        while (fullest > 0) {
            Group<T> group = ofSize(fullest).first();
            if (group != null) {
                return group;
            }
            fullest--;
        }
        return null;
    }

    /** The group that has waited longest, full ones aside. */
    @Nullable
    Group<T> oldest() {
        return byAge.first();
    }

    /** A group leaves. */
    void take(Group<T> group) {
        group.gathered = false;
        if (full.remove(group)) { // the first one, as a rule
            return;
        }
        if (added - group.grewAt >= reach) {
            if (departed == null) {
                departed = new int[DEPARTED];
            }
            departed[slot(group.owner)] = group.fromAccount().hashCode();
        }
        group.owner.open = null;
        byAge.remove(group);
        byGrowth.remove(group);
        ofSize(group.size()).remove(group);
    }

    /** Accounts are about to be taken out of a group; {@link #changed} is to follow. */
    void beforeChange(Group<T> group) {
        if (full.remove(group)) {
            group.gathered = false; // its owner may gather in another one by now
        } else {
            ofSize(group.size()).remove(group);
        }
    }

    /** Accounts were taken out of a group: it keeps its age, and goes if it is empty. */
    void changed(Group<T> group) {
        if (!group.gathered) {
            return;
        }
        if (group.isEmpty()) {
            group.gathered = false;
            group.owner.open = null;
            byAge.remove(group);
            byGrowth.remove(group);
        } else {
            ofSize(group.size()).append(group);
        }
    }

    /** Gives all groups away. */
    void empty(Consumer<Batch<T>> taker) {
        while (true) {
            Group<T> group = full.isEmpty() ? byAge.first() : full.peek();
            if (group == null) {
                return;
            }
            take(group);
            taker.accept(group);
        }
    }

    /**
     * The group that should leave now; stays here until it is {@linkplain #take taken}.
     *
     * @param noMore whether nothing will be added
     * @return null if none should
     */
    @Nullable
    Group<T> next(BatchingOptions options, boolean noMore, long now) {
        Group<T> full = full();
        if (options.joins()) {
            Group<T> oldest = oldest(); // callers are served in their order
            return full == null || (oldest != null && oldest.since < full.since) ? oldest : full;
        }
        if (full != null) {
            return full;
        }
        Group<T> stale = stale();
        if (stale != null) {
            return stale;
        }
        if (noMore) {
            return fullest();
        }
        Group<T> oldest = oldest();
        if (oldest == null || now - oldest.since < options.linger()) {
            return null;
        }
        return now - oldest.since < PATIENCE * options.linger() ? fullest() : oldest;
    }
}
