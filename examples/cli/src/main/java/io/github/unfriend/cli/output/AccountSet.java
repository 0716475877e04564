/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli.output;

import java.nio.LongBuffer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Remembers accounts (pairs of From_Account and To_Account) in 16 bytes each, whatever their length: two independent
 * hashes of 64 and 62 bits, with new seeds for each set. The probability that two of n accounts have the same hashes,
 * so that one is taken for the other, is n²/2¹²⁷. With a hundred million accounts that is less than 10⁻²², less than
 * the probability of a fault in memory. Large sets live outside the heap, see {@link Table}. Not thread-safe.
 */
public final class AccountSet {

    /** What is known of an account. */
    public enum Standing {
        /** Not seen before. */
        NEW,
        /** Seen before. */
        SEEN,
        /** Marked as done, and not seen before. */
        DONE
    }

    private static final int SEGMENTS = 64;
    private static final int SEGMENT_SHIFT = 58;
    /** Between the two UserIDs: no char has this value. */
    private static final long SEPARATOR = 0x1_0000L;

    private static final long ODD_1 = 0x9E3779B97F4A7C15L;
    private static final long ODD_2 = 0xD6E8FEB86659FD93L;
    private static final long DONE_BIT = 1;
    private static final long SEEN_BIT = 2;
    private static final long FLAGS = DONE_BIT | SEEN_BIT;

    private final Table[] segments = new Table[SEGMENTS];
    private final long seed1 = ThreadLocalRandom.current().nextLong();
    private final long seed2 = ThreadLocalRandom.current().nextLong();
    private long hash1;
    private long hash2;
    private long size;

    /** An empty set. */
    public AccountSet() {
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new Table();
        }
    }

    /**
     * Adds an account if it is new. The second time one is seen it is a duplicate, whether it is done or not.
     *
     * @param from its From_Account
     * @param to its To_Account, or the same text for all where there is none
     * @return what was known of it before
     */
    public Standing see(String from, String to) {
        hash(from, to);
        Table segment = segment();
        int slot = segment.find(hash1, hash2);
        if (slot >= 0) {
            long second = segment.second(slot);
            segment.second(slot, second | SEEN_BIT);
            return (second & SEEN_BIT) == 0 ? Standing.DONE : Standing.SEEN;
        }
        segment.add(~slot, hash1, hash2 | SEEN_BIT);
        size++;
        return Standing.NEW;
    }

    /**
     * Adds an account, or marks one that is there, as done.
     *
     * @param from its From_Account
     * @param to its To_Account
     * @return false if it was marked already
     */
    public boolean markDone(String from, String to) {
        hash(from, to);
        Table segment = segment();
        int slot = segment.find(hash1, hash2);
        if (slot < 0) {
            segment.add(~slot, hash1, hash2 | DONE_BIT);
            size++;
            return true;
        }
        long second = segment.second(slot);
        segment.second(slot, second | DONE_BIT);
        return (second & DONE_BIT) == 0;
    }

    /**
     * How many accounts are in it.
     *
     * @return their number
     */
    public long size() {
        return size;
    }

    private Table segment() {
        return segments[(int) (hash1 >>> SEGMENT_SHIFT)];
    }

    private void hash(String from, String to) {
        long a = seed1;
        long b = seed2;
        int fromLength = from.length();
        int length = fromLength + 1 + to.length();
        for (int i = 0; i < length; i++) {
            long c = i < fromLength ? from.charAt(i) : i == fromLength ? SEPARATOR : to.charAt(i - fromLength - 1);
            a = (a ^ c) * ODD_1;
            a ^= a >>> 29;
            b = (b + c) * ODD_2;
            b ^= b >>> 32;
        }
        a = avalanche(a);
        hash1 = a == 0 ? 1 : a; // 0 marks a free slot
        hash2 = avalanche(b) & ~FLAGS;
    }

    private static long avalanche(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /** Open addressing with linear probing, at most three quarters full; two longs a slot. */
    private static final class Table {

        private static final int FIRST_SLOTS = 1 << 8;

        private LongBuffer slots = LongPages.allocate(2 * FIRST_SLOTS);
        private int mask = FIRST_SLOTS - 1;
        private int used;

        /** The slot of an entry, or the complement of the free one where it belongs. */
        int find(long first, long second) {
            int slot = (int) first & mask;
            while (true) {
                long there = slots.get(2 * slot);
                if (there == 0) {
                    return ~slot;
                }
                if (there == first && (slots.get(2 * slot + 1) & ~FLAGS) == second) {
                    return slot;
                }
                slot = slot + 1 & mask;
            }
        }

        long second(int slot) {
            return slots.get(2 * slot + 1);
        }

        void second(int slot, long value) {
            slots.put(2 * slot + 1, value);
        }

        void add(int slot, long first, long second) {
            put(slot, first, second);
            if (++used > (mask >>> 2) * 3) {
                grow();
            }
        }

        private void put(int slot, long first, long second) {
            slots.put(2 * slot, first);
            slots.put(2 * slot + 1, second);
        }

        private void grow() {
            LongBuffer old = slots;
            int oldSlots = mask + 1;
            slots = LongPages.allocate(4 * oldSlots);
            mask = 2 * oldSlots - 1;
            for (int i = 0; i < oldSlots; i++) {
                long first = old.get(2 * i);
                if (first != 0) {
                    long second = old.get(2 * i + 1);
                    put(~find(first, second & ~FLAGS), first, second);
                }
            }
        }
    }
}
