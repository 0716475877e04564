/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.street;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers accounts that come in any order into batches of one From_Account each. Groups are chained by size and by age,
 * so that adding an account and finding the fullest or the oldest group cost the same for one owner or a hundred
 * thousand. Not thread-safe.
 */
final class Gatherer {

    private final int maxBatch;
    private final Map<String, Group> open = new HashMap<>();
    private final Deque<Group> full = new ArrayDeque<>();
    private final @Nullable GroupChain[] bySize; // most sizes never occur
    private final GroupChain byAge = new GroupChain(GroupChain.AGE);
    private int fullest;
    private int held;

    Gatherer(int maxBatch) {
        this.maxBatch = maxBatch;
        this.bySize = new @Nullable GroupChain[maxBatch + 1];
    }

    /**
     * Takes an account in.
     *
     * @return false if its group holds it already: it will be sent once
     */
    boolean add(String fromAccount, String toAccount, Trace trace, long now) {
        Group group = open.get(fromAccount);
        if (group == null) {
            group = new Group(fromAccount, now);
            open.put(fromAccount, group);
            byAge.append(group);
        }
        int size = group.accounts.size();
        Trace other = group.accounts.putIfAbsent(toAccount, trace);
        if (other != null) {
            group.accounts.put(toAccount, other.and(trace));
            return false;
        }
        held++;
        if (size > 0) {
            ofSize(size).remove(group);
        }
        if (size + 1 == maxBatch) {
            open.remove(fromAccount);
            byAge.remove(group);
            full.add(group);
        } else {
            ofSize(size + 1).append(group);
            fullest = Math.max(fullest, size + 1);
        }
        return true;
    }

    private GroupChain ofSize(int size) {
        GroupChain chain = bySize[size];
        if (chain == null) {
            chain = new GroupChain(GroupChain.SIZE);
            bySize[size] = chain;
        }
        return chain;
    }

    /** Accounts that wait here. */
    int held() {
        return held;
    }

    /** A batch that cannot grow any more. */
    @Nullable
    Batch pollFull() {
        Group group = full.poll();
        return group == null ? null : batch(group);
    }

    /** The fullest batch of all. */
    @Nullable
    Batch pollFullest() {
        Batch batch = pollFull();
        if (batch != null) {
            return batch;
        }
        while (fullest > 0) {
            Group group = ofSize(fullest).first();
            if (group != null) {
                return take(group);
            }
            fullest--;
        }
        return null;
    }

    /** The batch that has waited longest, full ones aside. */
    @Nullable
    Batch pollOldest() {
        Group group = byAge.first();
        return group == null ? null : take(group);
    }

    /** Since when the oldest group waits, full ones aside; to be asked only while one is there. */
    long oldestSince() {
        Group group = byAge.first();
        return group == null ? Long.MAX_VALUE : group.since;
    }

    boolean hasOpen() {
        return byAge.first() != null;
    }

    private Batch take(Group group) {
        open.remove(group.fromAccount);
        byAge.remove(group);
        ofSize(group.accounts.size()).remove(group);
        return batch(group);
    }

    private Batch batch(Group group) {
        held -= group.accounts.size();
        return new Batch(group.fromAccount, group.accounts);
    }

    /** The accounts of one owner that wait for more. */
    static final class Group {
        final String fromAccount;
        final long since;
        final Map<String, Trace> accounts = new LinkedHashMap<>();
        /** Neighbours in the chain by size and in the chain by age. */
        final @Nullable Group[] before = new @Nullable Group[2];

        final @Nullable Group[] behind = new @Nullable Group[2];

        Group(String fromAccount, long since) {
            this.fromAccount = fromAccount;
            this.since = since;
        }
    }
}
